"""Whether what was put together has the axes that were meant."""

import torch

from oz.trial import require, same, shares_storage

DTYPES = (torch.float32, torch.int64, torch.uint8, torch.float64)


def _dance(rng, dancers, beats, number=0):
    steps = torch.from_numpy(rng.integers(0, 100, size=(dancers, beats)))
    return steps.to(DTYPES[number % len(DTYPES)])


def _sizes(rng):
    return [(5, 8), (1, 8), (4, 1), (1, 1), *rng.integers(2, 9, size=(3, 2)).tolist()]


def test_braid(spell, rng):
    """`braid(ribbons)` has one row for each ribbon"""
    for number, (many, beats) in enumerate([*_sizes(rng), (3, 0)]):
        rows = _dance(rng, many, beats, number)
        for ribbons in (list(rows), tuple(rows), list(rows.T.contiguous().T)):
            same(
                spell.braid(ribbons),
                rows,
                f"braid({many} ribbons of {beats})",
                mistakes={
                    "end-to-end": lambda t, n=many * beats: t.shape == (n,),
                    "ribbons-as-columns": lambda t, r=rows: torch.equal(t, r.T),
                },
            )


def test_follow(spell, rng):
    """`follow(first, second)` has the rows of both, the first first"""
    for number, (many, beats) in enumerate([*_sizes(rng), (0, 3), (2, 0)]):
        first = _dance(rng, many, beats, number)
        for more in (many, int(rng.integers(0, 6))):
            second = _dance(rng, more, beats, number)
            same(
                spell.follow(first, second),
                _after(first, second),
                f"follow({tuple(first.shape)}, {tuple(second.shape)})",
                mistakes={
                    "both-at-once": lambda t: t.ndim == 3,
                    "wrong-way": lambda t, b=beats: t.shape[1] == 2 * b,
                },
            )


def _after(first, second):
    both = torch.zeros(len(first) + len(second), first.shape[1], dtype=first.dtype)
    both[: len(first)] = first
    both[len(first) :] = second
    return both


def test_beside(spell, rng):
    """`beside(left, right)` continues every row of the one by that of the other"""
    for number, (many, beats) in enumerate([*_sizes(rng), (0, 3), (2, 0)]):
        left = _dance(rng, many, beats, number)
        for more in (beats, int(rng.integers(0, 6))):
            right = _dance(rng, many, more, number)
            same(
                spell.beside(left, right),
                _after(left.T, right.T).T,
                f"beside({tuple(left.shape)}, {tuple(right.shape)})",
                mistakes={
                    "both-at-once": lambda t: t.ndim == 3,
                    "wrong-way": lambda t, n=many: t.shape[0] == 2 * n,
                },
            )


def test_untie(spell, rng):
    """`untie(dance)` takes away the last axis, and no other, and copies nothing"""
    for number, (many, beats) in enumerate([*_sizes(rng), (0, 3)]):
        rows = _dance(rng, many, beats, number)
        for dance in (rows[:, :, None], rows.T.contiguous().T[:, :, None]):
            got = spell.untie(dance)
            same(
                got,
                rows,
                f"untie({tuple(dance.shape)})",
                mistakes={
                    "wednesday": lambda t, d=dance: t.shape == d.squeeze().shape,
                    "wrong-axis": lambda t: t.ndim != 2,
                },
            )
            _same_ribbon(got, dance)


def test_alone(spell, rng):
    """`alone(ribbon)` is a dance of one dancer, of the same ribbon"""
    for beats in (8, 1, 0, int(rng.integers(2, 30))):
        for ribbon in (torch.arange(beats), torch.rand(beats * 3)[::3]):
            got = spell.alone(ribbon)
            same(
                got,
                ribbon.reshape(1, beats),
                f"alone(a ribbon of {beats})",
                mistakes={
                    "stood-on-end": lambda t, n=beats: t.shape == (n, 1),
                    "no-new-axis": lambda t: t.ndim < 2,
                },
            )
            _same_ribbon(got, ribbon)


def _same_ribbon(got, ribbon):
    require(
        got.numel() == 0 or shares_storage(got, ribbon),
        "the same ribbon, seen differently",
        "a copy of it",
        mistakes={"ribbon-cut": True},
    )
