"""Whether the mark of the tin cottage's last spell leaves room for chance, and none for mistakes.

Measured over 24 seeds: how far the fitted line misses on trees that were not in the tally, for the
model answer, the other right answers and those of the known mistakes that arrive somewhere else.
"""

from __future__ import annotations

import math
import statistics
from pathlib import Path
from runpy import run_path
from typing import Any

import numpy as np
import pytest
import torch

from oz.campaign import default_root

pytestmark = pytest.mark.benchmark

SPELL = default_root() / "05_tin_cottage" / "spells" / "08_strokes"
SEEDS = range(24)
MISTAKEN = ("too_few", "no_b", "too_long", "rusted")


def _misses(answer: Path, trial: dict[str, Any]) -> list[float]:
    """What `fit` of `answer` misses by, in strokes, for every seed; `inf` where it ran away."""
    fit = run_path(str(answer))["fit"]
    missed = []
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        girth, strokes, slope, begin = trial["tally"](rng, int(rng.integers(30, 61)))
        w, b = (float(value.detach()) for value in fit(girth, strokes))
        other = torch.tensor(rng.uniform(1.0, 9.0, size=200), dtype=torch.float32)
        noise = torch.tensor(rng.normal(0.0, 0.5, size=200), dtype=torch.float32)
        finite = math.isfinite(w) and math.isfinite(b)
        miss = trial["rms"](w, b, other, slope * other + begin + noise) if finite else math.inf
        missed.append(miss if math.isfinite(miss) else math.inf)
    return missed


def _said(name: str, missed: list[float]) -> str:
    middle = statistics.median(missed)
    return f"{name:20} min {min(missed):8.3g}  median {middle:8.3g}  max {max(missed):8.3g}"


def test_the_mark_of_strokes_stands_clear_on_both_sides() -> None:
    """Honest answers stay a tenth below the mark in every seed, the known mistakes above it."""
    torch.set_num_threads(1)
    trial = run_path(str(SPELL / "trial.py"))
    mark = trial["MARK"]
    print(f"\nmark {mark}")
    for answer in [SPELL / "solution.py", *sorted((SPELL / "right").glob("*.py"))]:
        missed = _misses(answer, trial)
        print(_said(answer.stem, missed))
        assert max(missed) < 0.9 * mark
    for name in MISTAKEN:
        missed = _misses(SPELL / "wrong" / f"{name}.py", trial)
        print(_said(name, missed))
        assert min(missed) > mark
