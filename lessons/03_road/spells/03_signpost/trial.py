"""Whether the letters do, on tables nobody has seen, what was asked.

What is expected is made without `einsum`.
"""

import torch

from oz.trial import mistake, require, same


def _whole(rng, *size):
    """Small whole numbers in float64: exact, whatever the order of adding."""
    return torch.from_numpy(rng.integers(-9, 10, size=size)).to(torch.float64)


def _sizes(rng, count, axes):
    """Sizes for `axes` letters, all different in most rounds, so that no letter fits by chance."""
    for number in range(count):
        yield (1,) * axes if number == 1 else tuple((rng.permutation(5)[:axes] + 2).tolist())


def _walked(letters, name, *tensors):
    if letters is None or letters is ...:
        mistake("not-yet")
    require(
        isinstance(letters, str), f"a text for `torch.einsum`, as `{name}`", f"`{letters!r}`"[:90]
    )
    try:
        return torch.einsum(letters, *tensors)
    except (RuntimeError, ValueError, IndexError) as error:
        said = str(error)
    if "does not broadcast with previously seen size" in said:
        mistake("meets-the-wrong-axis", f"`{letters}`: {said}")
    if "fewer operands" in said or "more operands" in said:
        mistake("no-comma", f"`{letters}`: {said}")
    if "number of subscripts" in said:
        mistake("too-many-letters", f"`{letters}`: {said}")
    mistake("unreadable", f"`{letters}`: {said}")


def _judge(letters, name, asked, tensors, more=None):
    got = _walked(letters, name, *tensors)
    shapes = " and ".join(str(tuple(t.shape)) for t in tensors)
    same(
        got,
        asked,
        f"{name}, `{letters}`, of {shapes}",
        mistakes={
            **(more or {}),
            "out-of-order": lambda t: (
                t.ndim == asked.ndim
                and any(torch.equal(t.permute(p), asked) for p in _orders(t.ndim))
            ),
            "kept-it": lambda t: t.ndim > asked.ndim,
            "summed-away": lambda t: t.ndim < asked.ndim or (t.ndim == 1 and len(tensors) == 1),
        },
    )


def _orders(axes):
    from itertools import permutations

    return list(permutations(range(axes)))


def test_turned(spell, rng):
    """`turned` lays a table on its side"""
    for size in _sizes(rng, 4, 2):
        table = _whole(rng, *size)
        _judge(spell.turned, "turned", table.T, [table])


def test_takings(spell, rng):
    """`takings` adds up each row"""
    for size in _sizes(rng, 4, 2):
        table = _whole(rng, *size)
        _judge(
            spell.takings,
            "takings",
            table.sum(dim=1),
            [table],
        )


def test_all_told(spell, rng):
    """`all_told` adds up everything"""
    for size in _sizes(rng, 4, 2):
        table = _whole(rng, *size)
        _judge(spell.all_told, "all_told", table.sum(), [table])


def test_crossing(spell, rng):
    """`crossing` multiplies each by each"""
    for left, right in _sizes(rng, 4, 2):
        one, other = _whole(rng, left), _whole(rng, right)
        _judge(spell.crossing, "crossing", one[:, None] * other, [one, other])


def test_walk(spell, rng):
    """`walk` is the product of two tables"""
    for i, j, k in _sizes(rng, 4, 3):
        one, other = _whole(rng, i, j), _whole(rng, j, k)
        _judge(spell.walk, "walk", one @ other, [one, other])


def test_gangs(spell, rng):
    """`gangs` is the product of two stacks of tables"""
    for b, i, j, k in _sizes(rng, 4, 4):
        one, other = _whole(rng, b, i, j), _whole(rng, b, j, k)
        _judge(
            spell.gangs,
            "gangs",
            one @ other,
            [one, other],
            {"no-batch": lambda t, x=one, y=other: _mixed(t, x, y)},
        )


def _mixed(t, one, other):
    if t.ndim == 4 or (t.ndim == 2 and torch.equal(t, (one @ other).sum(0))):
        return True
    return torch.equal(t, one @ other.sum(0)) or torch.equal(t, one.sum(0) @ other)


def test_diagonal(spell, rng):
    """`diagonal` takes what stands where row and column agree"""
    for (n,) in _sizes(rng, 4, 1):
        table = _whole(rng, n, n)
        asked = torch.tensor([table[i, i].item() for i in range(n)], dtype=torch.float64)
        _judge(spell.diagonal, "diagonal", asked, [table])


def test_likeness(spell, rng):
    """`likeness` sets every row against every row, batch by batch"""
    # as many rows here as there: letters that only fit by chance
    one, other = _whole(rng, 3, 4, 5), _whole(rng, 3, 4, 5)
    _judge(
        spell.likeness,
        "likeness",
        one @ other.mT,
        [one, other],
        {
            "place-by-place": lambda t: t.shape in ((3, 4, 5), (3, 4)),
            "no-batch": lambda t: t.ndim == 4,
        },
    )
    for b, i, j, d in _sizes(rng, 4, 4):
        one, other = _whole(rng, b, i, d), _whole(rng, b, j, d)
        _judge(
            spell.likeness,
            "likeness",
            one @ other.mT,
            [one, other],
            {"no-batch": lambda t, x=one, y=other.mT: _mixed(t, x, y)},
        )
