"""Whether nothing of what is to be tried on finds its way into what is learnt from."""

import torch

from oz.trial import require, same


def _mouse(rng, mice, times):
    """Whose each row is: odd names, unsorted, some weighed more often than others."""
    names = rng.choice(10_000, size=mice, replace=False)
    rows = [n for n in names for _ in range(int(rng.integers(1, times + 1)))]
    return torch.tensor(rng.permutation(rows), dtype=torch.int64)


def _parts(spell, mouse, share, seed):
    before = mouse.clone()
    got = spell.part(mouse, share, seed)
    require(torch.equal(mouse, before), "`mouse` as it was handed in", "it was changed")
    require(
        isinstance(got, (tuple, list)) and len(got) == 2,
        "two tensors of row numbers from `part`",
        f"`{type(got).__name__}`",
    )
    for side in got:
        require(
            isinstance(side, torch.Tensor) and side.dtype == torch.int64 and side.ndim == 1,
            "row numbers in a tensor, `int64`, one axis",
            f"`{side.dtype}`, shape `{tuple(side.shape)}`"
            if isinstance(side, torch.Tensor)
            else f"`{type(side).__name__}`",
            mistakes={
                "masks-not-numbers": isinstance(side, torch.Tensor) and side.dtype == torch.bool,
                "subsets": isinstance(side, torch.utils.data.Subset),
            },
        )
    return got


CASES = ((10, 4, 0.3), (7, 1, 0.5), (25, 6, 0.2), (40, 3, 0.1), (4, 5, 0.25))


def test_apart(spell, rng):
    """no mouse is on both sides, and none is missing"""
    for mice, times, share in CASES:
        mouse = _mouse(rng, mice, times)
        learn, tried = _parts(spell, mouse, share, int(rng.integers(1000)))
        both = set(mouse[learn].tolist()) & set(mouse[tried].tolist())
        require(
            not both,
            f"none of {mice} mice on both sides",
            f"{len(both)} of them",
            mistakes={"mouse-in-both": True},
        )
        same(
            sorted(learn.tolist() + tried.tolist()),
            list(range(len(mouse))),
            "the rows of both sides together, sorted",
            mistakes={"lost-rows": lambda rows: len(set(rows)) < len(mouse)},
        )


def test_share(spell, rng):
    """`share` of the mice are held back for the trial: `round(share * number of mice)`"""
    for mice, times, share in CASES:
        mouse = _mouse(rng, mice, times)
        learn, tried = _parts(spell, mouse, share, int(rng.integers(1000)))
        held, rest = (len(set(mouse[side].tolist())) for side in (tried, learn))
        asked = round(share * mice)
        same(
            held,
            asked,
            f"how many of {mice} mice are tried, with a share of {share}",
            mistakes={
                "share-turned": lambda h, r=rest, a=asked: r == a,
                "places-of-mice": lambda h, a=asked: h < a,
            },
        )


def test_seed(spell, rng):
    """the same seed parts them the same way, another seed another way; the house's bin is left alone"""
    mouse = _mouse(rng, 30, 3)

    def held(seed):
        return frozenset(mouse[_parts(spell, mouse, 0.3, seed)[1]].tolist())

    torch.manual_seed(1)
    before = torch.get_rng_state()
    first = held(11)
    require(
        torch.equal(torch.get_rng_state(), before),
        "torch's own random numbers left where they were",
        "they were sown again or drawn from",
        mistakes={
            "whole-house": lambda _: spell.calls("torch.manual_seed", inside="part"),
            "unseeded": True,
        },
    )
    torch.manual_seed(2)
    require(
        held(11) == first, "the same mice with the same seed", "others", mistakes={"unseeded": True}
    )
    drawn = {held(seed) for seed in range(8)}
    names = sorted(set(mouse.tolist()))
    require(
        len(drawn) > 4,
        "other mice with other seeds",
        f"{len(drawn)} choices from 8 seeds",
        mistakes={
            "never-drawn": first in (frozenset(names[-9:]), frozenset(names[:9]))
            or not spell.calls(
                "manual_seed", "Random", "default_rng", "RandomState", "fork_rng", inside="part"
            ),
            "seed-ignored": True,
        },
    )


def _levelled(spell, learn, tried):
    before = learn.clone(), tried.clone()
    got = spell.level(learn, tried)
    require(
        torch.equal(learn, before[0]) and torch.equal(tried, before[1]),
        "the rows as they were handed in",
        "they were changed",
        mistakes={"rows-changed": True},
    )
    require(
        isinstance(got, (tuple, list))
        and len(got) == 2
        and all(isinstance(g, torch.Tensor) for g in got),
        "two tensors from `level`",
        f"`{type(got).__name__}`",
    )
    return got


def _rows(rng, rows, columns):
    scale = torch.tensor(rng.uniform(0.5, 20.0, size=columns), dtype=torch.float32)
    middle = torch.tensor(rng.uniform(-30.0, 30.0, size=columns), dtype=torch.float32)
    return torch.tensor(rng.normal(size=(rows, columns)), dtype=torch.float32) * scale + middle


def _compare(spell, learn, tried, words):
    got = _levelled(spell, learn, tried)
    mean = learn.mean(dim=0)
    spreads = [learn.std(dim=0, correction=c) for c in (1, 0)]
    spreads = [torch.where(s < 1e-6, torch.ones_like(s), s) for s in spreads]
    # whether the spread divides by the rows or by one less is not what this is about
    one = len(learn) > 1 and torch.allclose(
        got[0], (learn - mean) / spreads[1], rtol=1e-5, atol=1e-6
    )
    spread = spreads[1] if one else spreads[0]
    all_rows = torch.cat([learn, tried])

    def is_near(a, b):
        return a.shape == b.shape and torch.allclose(a, b, rtol=1e-3, atol=1e-4)

    for name, mine, rows in (("learn", got[0], learn), ("tried", got[1], tried)):
        by_all = (rows - all_rows.mean(dim=0)) / all_rows.std(dim=0).clamp(min=1e-6)
        by_own = (rows - rows.mean(dim=0)) / (rows.std(dim=0) if len(rows) > 1 else 1.0)
        wide = rows.shape[1] > 1  # the spread of a single number is a warning, and `nan`
        by_row = rows - rows.mean(dim=1, keepdim=True)
        by_row = by_row / rows.std(dim=1, keepdim=True) if wide else by_row
        same(
            mine,
            (rows - mean) / spread,
            f"`{name}`, levelled ({words})",
            rtol=1e-4,
            atol=1e-4,
            mistakes={
                "divided-by-nought": lambda t: not t.isfinite().all() and learn.isfinite().all(),
                "nearly-nought": lambda t, a=(rows - mean) / spread: (
                    t.shape == a.shape and (t.isclose(a, 1e-3, 1e-4) | (t.abs() > 1e4)).all()
                ),
                "not-divided": lambda t, r=rows: is_near(t, r - mean),
                "one-for-all-columns": lambda t, r=rows: is_near(
                    t, (r - learn.mean()) / learn.std()
                ),
                "all-statistics": lambda t, w=by_all, r=rows: (
                    is_near(t, w)
                    or is_near(t, (r - all_rows.mean()) / all_rows.std())
                    or is_near(
                        t,
                        (r - all_rows.mean(dim=0))
                        / torch.where(all_rows.std(dim=0) == 0, 1.0, all_rows.std(dim=0)),
                    )
                ),
                "own-statistics": lambda t, w=by_own: name == "tried" and is_near(t, w),
                "rows-not-columns": lambda t, w=by_row: is_near(t, w),
                "variance": lambda t, r=rows: is_near(t, (r - mean) / spread**2),
            },
        )


def test_level(spell, rng):
    """both sides are levelled, column by column, by what `learn` has and nothing else"""
    for rows, others, columns in ((20, 8, 3), (50, 5, 1), (12, 12, 6)):
        learn, tried = _rows(rng, rows, columns), _rows(rng, others, columns)
        _compare(spell, learn, tried, f"{rows} rows and {others}, {columns} columns")


def test_unmoved(spell, rng):
    """a single row is tried as it would be among many, and moves nothing in `learn`"""
    learn = _rows(rng, 15, 4)
    tried = _rows(rng, 9, 4)
    _compare(spell, learn, tried[:1], "one row tried")
    _compare(spell, learn, tried * 1000.0, "wild rows tried")


def test_ears(spell, rng):
    """a column in which all of `learn` are alike becomes 0 there, not `nan`"""
    learn, tried = _rows(rng, 10, 3), _rows(rng, 4, 3)
    learn[:, 1] = 2.0
    tried[:, 1] = torch.tensor([2.0, 2.0, 3.0, 2.0])
    _compare(spell, learn, tried, "the second column all twos")
