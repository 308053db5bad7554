"""Whether the whole orchard is asked at once."""

import math

import torch

from oz.trial import mistake, require, same, shares_storage

DTYPES = (torch.int64, torch.int32, torch.int16, torch.uint8)


def _orchards(rng):
    """Orchards of all sizes and whole kinds, windows and turned ones among them; no count below 0."""
    sizes = [(2, 4), (1, 1), (1, 6), (5, 1), (0, 3), *rng.integers(2, 9, size=(4, 2)).tolist()]
    for number, (rows, columns) in enumerate(sizes):
        dtype = DTYPES[number % len(DTYPES)]
        counts = torch.from_numpy(rng.integers(0, 13, size=(rows, columns))).to(dtype)
        bare = torch.from_numpy(rng.random((rows, columns)) < 0.4)
        counts[bare] = 0
        yield counts
    yield torch.from_numpy(rng.integers(0, 13, size=(6, 9)))[1:5, ::2]
    yield torch.from_numpy(rng.integers(0, 13, size=(3, 5))).T
    yield torch.zeros(2, 3, dtype=torch.int64)
    yield torch.ones(3, 2, dtype=torch.int64)


def _words(plums):
    kind = str(plums.dtype).removeprefix("torch.")
    return f"plums {tuple(plums.shape)} {kind}"


def test_ripe(spell, rng):
    """`ripe(plums, least)` is all the counts from `least` up"""
    for plums in _orchards(rng):
        for least in (7, 1, 99):
            mask = plums >= least
            same(
                spell.ripe(plums, least),
                plums[mask],
                f"ripe({_words(plums)}, {least})",
                mistakes={
                    "yes-and-no": lambda t: t.dtype == torch.bool,
                    "kind-lost": lambda t, p=plums: t.ndim == 1 and t.dtype != p.dtype,
                    "only-more": lambda t, p=plums, n=least: t.tolist() == p[p > n].tolist(),
                    "which-trees": lambda t, m=mask: t.tolist() == m.nonzero().tolist(),
                    "too-many-axes": lambda t: t.ndim != 1,
                    "one-after-the-other": spell.has_loop("ripe"),
                },
            )


def test_share(spell, rng):
    """`share(plums)` is the share of trees that bear, a plain number"""
    for plums in _orchards(rng):
        bearing = sum(count > 0 for row in plums.tolist() for count in row)
        asked = bearing / plums.numel() if plums.numel() else 0.0
        try:
            got = spell.share(plums)
        except ZeroDivisionError:
            mistake("nobody-there")
        require(
            not isinstance(got, torch.Tensor),
            f"a plain number, {asked:.4g}",
            f"a tensor: `{got}`",
            mistakes={"still-a-tensor": lambda _, t=got, a=asked: close(t.item(), a)},
        )
        require(
            isinstance(got, (int, float)) and not isinstance(got, bool) and close(got, asked),
            f"{asked:.4g} for {_words(plums)}",
            f"{got}",
            mistakes={
                "nobody-there": lambda _, p=plums, g=got: p.numel() == 0 and math.isnan(g),
                "mean-of-plums": lambda _, p=plums, g=got: close(g, p.float().mean().item()),
            },
        )


def close(got, asked):
    return abs(got - asked) <= 1e-5


def test_picked(spell, rng):
    """`picked(plums, least)` has noughts where it was picked, and the orchard is as it was"""
    for plums in _orchards(rng):
        for least in (7, 1):
            before = plums.clone()
            asked = plums.clone()
            asked[asked >= least] = 0
            got = spell.picked(plums, least)
            require(
                torch.equal(plums, before),
                "the orchard is not touched",
                "it was picked, too",
                mistakes={"picked-for-good": True},
            )
            same(
                got,
                asked,
                f"picked({_words(plums)}, {least})",
                mistakes={
                    "other-kind": lambda t, b=before: t.dtype != b.dtype,
                    "only-more": lambda t, b=before, n=least: torch.equal(t, b * (b <= n)),
                    "kept-instead": lambda t, b=before, n=least: torch.equal(t, b * (b >= n)),
                },
            )


def test_every_other(spell, rng):
    """`every_other(plums)` is a window on every second column"""
    for plums in _orchards(rng):
        got = spell.every_other(plums)
        same(
            got,
            plums[:, ::2],
            f"every_other({_words(plums)})",
            mistakes={
                "rows-not-columns": lambda t, p=plums: torch.equal(t, p[::2]),
            },
        )
        require(
            got.numel() == 0 or shares_storage(got, plums),
            "a window into the orchard",
            "a copy",
            mistakes={"columns-copied": True},
        )


def test_at_once(spell):
    """no loop and no comprehension"""
    by_hand = spell.has_loop() or spell.calls("map", "filter", "apply_", "map_", "vectorize")
    if by_hand:
        mistake("one-after-the-other", "asked for no loop, your program has one")
