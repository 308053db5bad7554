"""Whether `apply_rope` does what was asked, where TorchCode's own checks do not look."""

import torch

from oz.trial import require, same
from oz.trial.against import agrees, numbers

# --- TorchCode's own checks stand here ---


def _turn(x, sign=1, first=0, speeds=None, halves=False, still=False):
    length, d = x.shape[-2:]
    speeds = 10000.0 ** (-torch.arange(0, d, 2) / d) if speeds is None else speeds
    place = torch.ones(length) if still else torch.arange(first, length + first)
    angles = sign * place[:, None] * speeds
    cos, sin = angles.cos(), angles.sin()
    a, b = x.chunk(2, -1) if halves else (x[..., 0::2], x[..., 1::2])
    one, two = a * cos - b * sin, a * sin + b * cos
    return torch.cat([one, two], -1) if halves else torch.stack([one, two], -1).flatten(-2)


def _right(q, k):
    return _turn(q), _turn(k)


def _both(**how):
    return lambda q, k: (_turn(q, **how), _turn(k, **how))


WRONG = {
    "identity": lambda q, k: (q, k),
    "only-one": lambda q, k: (_turn(q), k),
    "backwards": _both(sign=-1),
    "halves": _both(halves=True),
    "one-speed": _both(speeds=torch.tensor(1.0)),
    "from-one": _both(first=1),
    "constant-angle": _both(still=True),
}


def test_values(spell, rng):
    """lengths and widths of every kind, and any axes before"""
    for shape in ((2, 6, 8), (1, 12, 4), (3, 1, 6), (2, 3, 5, 10), (7, 16)):
        agrees(spell.apply_rope, _right, (numbers(rng, *shape), numbers(rng, *shape)), f"apply_rope of shape {shape}", uneven="no-slope", mistakes=WRONG, atol=1e-4)


def test_distance(spell, rng):
    """only the distance counts"""
    one, two = numbers(rng, 1, 1, 8), numbers(rng, 1, 1, 8)
    q, k = spell.apply_rope(one.expand(1, 10, 8), two.expand(1, 10, 8))
    products = (q[0] @ k[0].T).detach()
    for apart in range(-4, 5):
        along = products.diagonal(apart)
        same(along, along[:1].expand_as(along), f"the products {apart} places apart", rtol=1e-3, atol=1e-3, mistakes={"only-one": True})
    spread = products[0].std()
    require(bool(spread > 1e-3), "products that depend on the distance", "one and the same for all", mistakes={"identity": True})
