"""The hens: a week that can be had again, with days that differ, and nobody else's luck disturbed."""

import torch

from oz.trial import mistake, require, same


def laid(spell, seed):
    """A week as plain numbers, after looking at its form."""
    days = spell.week(seed)
    require(days is not None, "`week(seed)` to give back the days", "gives back `None`")
    days = list(days)
    require(len(days) == 7, f"`week({seed})` to have 7 days", f"has {len(days)}")
    for number, day in enumerate(days):
        require(
            isinstance(day, torch.Tensor) and tuple(day.shape) == (3,),
            f"day {number} of `week({seed})` to be a tensor of three counts",
            f"is a `{type(day).__name__}`"
            + (f" of shape `{tuple(day.shape)}`" if hasattr(day, "shape") else ""),
        )
        require(
            not day.is_floating_point() and day.dtype != torch.bool,
            "whole eggs",
            f"are `{day.dtype}`",
        )
    return [day.tolist() for day in days]


def wander():
    """Draw a few numbers from the common bin, as the rest of a program does."""
    torch.rand(int(torch.randint(1, 9, ())))


def unused_bin(spell):
    return spell.calls("torch.Generator") and "generator=" not in spell.source.replace(" ", "")


def test_days(spell, rng):
    """`week(seed)` has seven days of three counts, and the days are not copies of one another"""
    for seed in rng.integers(0, 10_000, size=8).tolist():
        days = laid(spell, seed)
        require(
            any(day != days[0] for day in days),
            f"the days of `week({seed})` to differ",
            f"are seven times `{days[0]}`",
            mistakes={"sown-every-morning": True},
        )


def test_same_seed(spell, rng):
    """the same seed gives the same week, whatever was drawn in between"""
    for seed in rng.integers(0, 10_000, size=6).tolist():
        first = laid(spell, seed)
        wander()
        again = laid(spell, seed)
        require(
            first == again,
            f"`week({seed})` to be the same twice",
            f"begin `{first[0]}` and `{again[0]}`",
            mistakes={
                "bin-not-used": unused_bin(spell),
                "sown-once-for-all-weeks": spell.calls("torch.Generator"),
                "drawn-before-sowing": True,
            },
        )


def test_other_seed(spell, rng):
    """another seed gives another week, and not the same one begun a day later"""
    for seed in rng.integers(0, 10_000, size=6).tolist():
        week, other = laid(spell, seed), laid(spell, seed + 1)
        require(
            week != other,
            f"`week({seed})` and `week({seed + 1})` to differ",
            "are the same",
            mistakes={"one-seed-for-all": True},
        )
        if week[1:] == other[:-1]:
            mistake(
                "neighbouring-seeds",
                f"asked for another week, yours of {seed + 1} is that of {seed} begun a day later",
            )


def test_from_none_to_four(spell):
    """over many weeks every count from 0 to 4 comes up, and no other"""
    counts = {eggs for seed in range(60) for day in laid(spell, seed) for eggs in day}
    require(
        counts == {0, 1, 2, 3, 4},
        "counts from 0 to 4",
        f"are {sorted(counts)}",
        mistakes={"short-of-four": max(counts) < 4},
    )


def test_their_own_bin(spell, rng):
    """nobody else's luck is touched: what `torch.rand` gives is what it would have given"""
    for seed in rng.integers(0, 10_000, size=4).tolist():
        wander()
        before = torch.get_rng_state()
        expected = torch.rand(3)
        torch.set_rng_state(before)
        laid(spell, seed)
        same(
            torch.rand(3),
            expected,
            f"torch.rand(3) after week({seed})",
            mistakes={"common-bin": True},
        )
