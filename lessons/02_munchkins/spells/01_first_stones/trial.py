"""Whether the stones are numbered, placed, railed and clean."""

import torch

from oz.trial import require, same, shares_storage


def test_numbers(spell, rng):
    """`lay(n)` numbers any stones from 0 to n - 1"""
    # Memory that nobody wrote can hold anything, the right thing too: only the source tells.
    made_of_mud = spell.calls("torch.Tensor", "torch.empty", inside="lay")
    for n in (7, 0, 1, *rng.integers(2, 60, size=4).tolist()):
        torch.full((n,), -7)  # thrown away: what the river bed holds when nobody says otherwise
        same(
            spell.lay(n),
            torch.arange(n),
            f"lay({n})",
            mistakes={
                "river-bed": lambda t, n=n: made_of_mud and t.shape == (n,),
                "off-by-one": lambda t, n=n: (
                    n > 1 and (t.numel() != n or (t.numel() and t.flatten()[0] != 0))
                ),
                "float-stones": lambda t, n=n: (
                    t.is_floating_point() and bool((t == torch.arange(n)).all())
                ),
            },
        )


def test_places(spell, rng):
    """`places(width, n)` goes evenly from 0 to the width, both included"""
    widths = [12, 1, 3, *rng.integers(2, 90, size=3).tolist(), float(rng.uniform(1, 50))]
    for width, n in zip(widths, (7, 7, 2, 5, 0, 1, int(rng.integers(3, 40))), strict=True):
        same(
            spell.places(width, n),
            torch.linspace(0, width, n),
            f"places({width:.4g}, {n})",
            mistakes={
                "one-too-many": lambda t, n=n: t.shape == (n + 1,),
                "short-of-the-bank": lambda t, n=n, width=width: (
                    n > 1 and t.numel() > 1 and float(t[-1]) < width
                ),
                "river-bed": lambda t, n=n: (
                    spell.calls("torch.Tensor", "torch.empty", inside="places") and t.shape == (n,)
                ),
            },
        )


def test_rails(spell, rng):
    """`rails(n, height)` is two rows of n, in float32"""
    heights = (3, 2.5, 0, float(rng.uniform(1, 9)), True)
    for n, height in zip((7, 3, 1, 0, int(rng.integers(4, 30))), heights, strict=True):
        same(
            spell.rails(n, height),
            torch.full((2, n), float(height)),
            f"rails({n}, {height:.4g})",
            mistakes={
                "rails-turned": lambda t, n=n: n != 2 and t.shape == (n, 2),
                "whole-rails": lambda t, n=n: t.shape == (2, n) and not t.is_floating_point(),
            },
        )


def test_moss(spell, rng):
    """`moss(stones)` is noughts of the same shape and dtype, and a tensor of its own"""
    rows, columns = rng.integers(2, 6, size=2).tolist()
    for stones in (
        torch.arange(1, 8),
        torch.ones(rows, columns, dtype=torch.float64),
        torch.full((rows, 1), 9, dtype=torch.uint8),
        torch.ones(4, 6)[:, ::2],
        torch.ones(0, 3),
        torch.tensor(5),
    ):
        before = stones.clone()
        got = spell.moss(stones)
        require(
            torch.equal(stones, before),
            "the stones stay as they are",
            "they were changed",
            mistakes={"scrubbed": True},
        )
        same(
            got,
            torch.zeros_like(before),
            f"moss of {tuple(stones.shape)} {stones.dtype}".replace("torch.", ""),
            mistakes={
                "moss-kind": lambda t, stones=stones: (
                    t.shape == stones.shape and t.dtype != stones.dtype
                ),
            },
        )
        require(
            stones.numel() == 0 or not shares_storage(got, stones),
            "the moss is a tensor of its own",
            "it looks at the stones' own storage",
        )
