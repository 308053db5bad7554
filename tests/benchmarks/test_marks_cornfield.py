"""How far the cornfield's one numeric mark lies from right answers and from wrong ones.

The spell `cornfield/stuffed` asks for weights that are even between -0.5 and 0.5, and judges 2,000
of them: the ends, the mean, the mean square. All else in that stage is exact. Besides, the lesson
that the model answer gives below its functions is shown to come off: the player watches it.
"""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from oz.campaign import default_root

pytestmark = pytest.mark.benchmark

SEEDS = 200
DRAWS = 2000
MEAN, SQUARE, END = 0.04, 0.012, 0.49
"""The marks of the trial."""


def _facts(weights: torch.Tensor) -> tuple[float, float, float]:
    """How far off the mean and the mean square are, and the end that is reached least."""
    mean = abs(weights.mean().item())
    square = abs(weights.square().mean().item() - 1 / 12)
    return mean, square, min(-weights.min().item(), weights.max().item())


def _passes(weights: torch.Tensor) -> bool:
    mean, square, end = _facts(weights)
    return mean < MEAN and square < SQUARE and END < end <= 0.5


WRONG: dict[str, Callable[[], torch.Tensor]] = {
    "from 0 to 1": lambda: torch.rand(DRAWS),
    "from -1 to 1": lambda: torch.rand(DRAWS) * 2 - 1,
    "from -0.25 to 0.25": lambda: (torch.rand(DRAWS) - 0.5) / 2,
    "a bell": lambda: torch.randn(DRAWS) * 0.25,
    "a bell, clipped": lambda: (torch.randn(DRAWS) * 0.25).clamp(-0.5, 0.5),
    "two draws, halved": lambda: (torch.rand(DRAWS) + torch.rand(DRAWS)) / 2 - 0.5,
    "noughts": lambda: torch.zeros(DRAWS),
}


def test_even_weights() -> None:
    """Even weights pass in every seed, by a factor of two; no other drawing does."""
    far: list[tuple[float, float, float]] = []
    for seed in range(SEEDS):
        torch.manual_seed(seed)
        weights = torch.rand(DRAWS) - 0.5
        assert _passes(weights), f"an honest answer fails with seed {seed}"
        far.append(_facts(weights))
    mean, square, end = max(f[0] for f in far), max(f[1] for f in far), min(f[2] for f in far)
    print(
        f"\neven weights, {SEEDS} seeds: mean off by {mean:.4f} at most (mark {MEAN}),"
        f" mean square by {square:.4f} ({SQUARE}), ends reach {end:.4f} ({END})"
    )
    assert mean < MEAN / 1.5
    assert square < SQUARE / 1.5
    assert end > END + 0.003
    for what, draw in WRONG.items():
        passed = 0
        for seed in range(SEEDS):
            torch.manual_seed(seed)
            passed += _passes(draw())
        print(f"{what}: {passed} of {SEEDS} pass")
        assert passed == 0


def test_the_lesson_comes_off(capsys: pytest.CaptureFixture[str]) -> None:
    """200 lessons bring the error to less than half, in 20 of 20 seeds."""
    path = default_root() / "04_cornfield" / "spells" / "07_stuffed" / "solution.py"
    answer: dict[str, Any] = runpy.run_path(str(Path(path)))
    capsys.readouterr()
    ratios = []
    for seed in range(20):
        generator = torch.Generator().manual_seed(seed)
        body = answer["stuff"]([2, 16, 1], generator)
        x = torch.rand(64, 2, generator=generator)
        truth = torch.relu(x[:, :1] - x[:, 1:])
        first = answer["learn"](body, x, truth, 0.2)
        for _ in range(199):
            last = answer["learn"](body, x, truth, 0.2)
        ratios.append(last / first)
    ratios.sort()
    print(f"\nerror after 200 lessons: {ratios[0]:.3f} to {ratios[-1]:.3f} of the first")
    assert ratios[-1] < 0.5
