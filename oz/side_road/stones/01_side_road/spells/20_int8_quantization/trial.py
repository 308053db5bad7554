"""Whether `Int8Linear` does what was asked, where TorchCode's own checks do not look."""

import torch

from oz.trial import mistake, require, same
from oz.trial.against import near, numbers

# --- TorchCode's own checks stand here ---


def _of(spell, rng, out=6, into=40, bias=True):
    weight = numbers(rng, out, into) * 10.0 ** torch.arange(-3, out - 3)[:, None]
    b = numbers(rng, out) if bias else None
    return weight, b, spell.Int8Linear(weight.clone(), b)


def test_rows(spell, rng):
    """rows of very different size, each with a scale of its own, rounded to the nearest"""
    weight, _, q = _of(spell, rng)
    require(tuple(q.scale.shape) == (6, 1), "`scale` of shape `(6, 1)`", f"`{tuple(q.scale.shape)}`", mistakes={"one-scale": True})
    most = q.weight_int8.int().abs().amax(1)
    require(bool((most >= 127).all()), "127 as the largest of each row", f"{most.tolist()}", mistakes={"one-scale": True})
    off = ((q.weight_int8 * q.scale - weight).abs() / q.scale).amax(1)
    require(bool((off <= 0.51).all()), "half a step away at most", f"{off.max().item():.2f} steps", mistakes={"truncated": bool((off <= 1.01).all())})


def test_forward(spell, rng):
    """with a bias and without, any axes before the last"""
    for bias in (True, False):
        weight, b, q = _of(spell, rng, bias=bias)
        for shape in ((40,), (3, 40), (2, 2, 40)):
            x = numbers(rng, *shape)
            kept = q.weight_int8.float() * q.scale
            want = x @ kept.T + (b if bias else 0)
            exact = x @ weight.T + (b if bias else 0)
            got = q(x)
            same(got.detach(), want, f"the layer of x of shape {shape}", rtol=1e-4, atol=1e-4,
                 mistakes={"float-forward": lambda t, e=exact: near(t, e, 1e-5), "bias-lost": lambda t, k=kept, x=x: near(t, x @ k.T)})


def test_edges(spell):
    """a row of noughts stays one"""
    weight = torch.tensor([[0.0, 0.0, 0.0], [1.0, -2.0, 0.5]])
    q = spell.Int8Linear(weight)
    kept = q.weight_int8.float() * q.scale
    require(bool((kept[0] == 0).all()), "noughts", f"{kept[0].tolist()}", mistakes={"zero-row": True})
    same(q(torch.ones(1, 3)).detach(), kept.sum(1)[None], "the layer of ones", mistakes={"zero-row": lambda t: t.isnan().any()})


def test_buffers(spell, rng):
    """what it keeps is saved with it, and enough to work with"""
    weight, b, q = _of(spell, rng)
    kept = q.state_dict()
    require({"weight_int8", "scale"} <= set(kept), "`weight_int8` and `scale` in the state", ", ".join(kept) or "nothing", mistakes={"not-buffers": True})
    other = spell.Int8Linear(torch.randn(6, 40), torch.zeros(6))
    other.load_state_dict(kept)
    x = numbers(rng, 2, 40)
    with torch.no_grad():
        other_bias = getattr(other, "bias", None)
        if not torch.allclose(other(x), q(x), rtol=1e-4, atol=1e-4) and other_bias is not None:
            mistake("float-forward", "asked for a layer that works by what it has kept, yours does not")
