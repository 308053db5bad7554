"""Whether what was to be painted is painted, and nothing else. Expected values are lists of numbers."""

import torch

from oz.trial import require, same, shares_storage

KINDS = (torch.float32, torch.int64, torch.float64, torch.int32)


def _rows(rng, kinds=KINDS):
    """Rows of bricks of every kind; a window with a step, one brick, and none."""
    for number, many in enumerate((4, 1, 0, *rng.integers(2, 9, size=5).tolist())):
        row = torch.from_numpy(rng.integers(-9, 10, size=many)).to(kinds[number % len(kinds)])
        yield row
        wide = torch.from_numpy(rng.integers(-9, 10, size=(many, 2))).to(kinds[number % len(kinds)])
        yield wide[:, 1]


def _tables(rng):
    sizes = [(3, 2), (2, 2), (1, 3), (4, 1), *rng.integers(2, 7, size=(4, 2)).tolist()]
    for number, size in enumerate(sizes):
        yield torch.from_numpy(rng.integers(1, 50, size=size)).to(KINDS[number % len(KINDS)])
    yield torch.from_numpy(rng.integers(1, 50, size=(3, 5))).T


def _words(bricks):
    return f"{tuple(bricks.shape)} {str(bricks.dtype).removeprefix('torch.')}"


def _same_bricks(got, bricks):
    require(
        isinstance(got, torch.Tensor) and (got is bricks or _over(got, bricks)),
        "the same bricks given back",
        "others",
        mistakes={"new-bricks": True},
    )


def _over(got, bricks):
    """Whether `got` looks at just the numbers that `bricks` looks at."""
    return (
        got.shape == bricks.shape
        and (got.numel() == 0 or shares_storage(got, bricks))
        and got.data_ptr() == bricks.data_ptr()
        and got.stride() == bricks.stride()
    )


def _stay(bricks, before):
    require(
        torch.equal(bricks, before),
        "the bricks that were handed in stay as they are",
        "they were painted",
        mistakes={"painted-theirs": True},
    )


def _apart(got, bricks):
    require(
        got.numel() == 0 or not shares_storage(got, bricks),
        "new bricks",
        "the same ones",
        mistakes={"painted-theirs": True},
    )


def test_brighter(spell, rng):
    """`brighter(bricks, by)` makes new ones and leaves the old"""
    for bricks in _rows(rng):
        before = bricks.clone()
        for by in (5, 0, -2):
            got = spell.brighter(bricks, by)
            _stay(bricks, before)
            asked = torch.tensor([b + by for b in before.tolist()], dtype=before.dtype)
            same(got, asked, f"brighter({_words(bricks)}, {by})")
            _apart(got, bricks)


def test_coat(spell, rng):
    """`coat(bricks, paint)` paints the very bricks"""
    for bricks in _rows(rng):
        asked = torch.tensor([b * 3 for b in bricks.tolist()], dtype=bricks.dtype)
        bare = bricks.clone()
        got = spell.coat(bricks, 3)
        same(
            got,
            asked,
            f"coat({_words(bricks)}, 3)",
            mistakes={"still-bare": lambda t, b=bare: torch.equal(t, b)},
        )
        require(
            torch.equal(bricks, asked),
            "the bricks painted",
            "they are bare",
            mistakes={"new-bricks": True},
        )
        _same_bricks(got, bricks)


def test_thinned(spell, rng):
    """`thinned(counts)` is half of each, whole or not"""
    for counts in _rows(rng):
        before = counts.clone()
        got = spell.thinned(counts)
        _stay(counts, before)
        kind = before.dtype if before.is_floating_point() else torch.float32
        asked = torch.tensor([c / 2 for c in before.tolist()], dtype=kind)
        same(
            got,
            asked,
            f"thinned({_words(counts)})",
            mistakes={
                "cut-halves": lambda t, a=asked: (
                    not t.dtype.is_floating_point
                    or torch.equal(t, a.floor())
                    or torch.equal(t, a.trunc())
                )
            },
        )
        _apart(got, counts)


def test_courses(spell, rng):
    """`courses(brick, n)` is a table whose rows can be painted one by one"""
    for brick in _rows(rng, (torch.float32, torch.int64, torch.float64)):
        for n in (3, 1, int(rng.integers(2, 7))):
            before = brick.clone()
            got = spell.courses(brick, n)
            _stay(brick, before)
            asked = [[b + i for b in before.tolist()] for i in range(n)]
            asked = torch.tensor(asked, dtype=before.dtype).reshape(n, len(before))
            same(
                got,
                asked,
                f"courses({_words(brick)}, {n})",
                mistakes={
                    "still-one-row": lambda t: t.stride()[0] == 0,
                    "wrong-row": lambda t, a=asked: t.shape in (a.shape, a.T.shape),
                },
            )
            if not got.numel():
                continue
            got[0] = 77
            require(
                torch.equal(got[1:], asked[1:]) and torch.equal(brick, before),
                "painting one row paints that row",
                "others changed with it",
                mistakes={"still-one-row": True},
            )


def test_from_first(spell, rng):
    """`from_first(bricks)` measures in place, by the first row as it was"""
    for bricks in _tables(rng):
        rows = bricks.tolist()
        asked = [[b - first for b, first in zip(row, rows[0])] for row in rows]
        asked = torch.tensor(asked, dtype=bricks.dtype).reshape(bricks.shape)
        bare = bricks.clone()
        got = spell.from_first(bricks)
        same(
            got,
            asked,
            f"from_first({_words(bare)})",
            mistakes={
                "measure-painted": lambda t, b=bare: (
                    torch.equal(t[1:], b[1:]) and not bool(t[0].any())
                )
            },
        )
        require(
            torch.equal(bricks, asked),
            "the bricks themselves measured",
            "they are as they were",
            mistakes={"new-bricks": True},
        )
        _same_bricks(got, bricks)


def test_before_and_after(spell, rng):
    """`before_and_after(bricks)` knows how they were"""
    for bricks in _rows(rng):
        bare = bricks.clone()
        got = spell.before_and_after(bricks)
        require(isinstance(got, (tuple, list)) and len(got) == 2, "a pair", type(got).__name__)
        was, now = got
        same(
            now,
            torch.tensor([b + 1 for b in bare.tolist()], dtype=bare.dtype),
            "the second of the pair",
        )
        _same_bricks(now, bricks)
        same(
            was,
            bare,
            "the first of the pair",
            mistakes={"two-names": lambda t, n=now: torch.equal(t, n)},
        )
