"""Whether the marks of the poppy field leave room for chance, and none for mistakes.

Measured over 24 seeds: how even the teams of the muster are, and over 20 races: what share of the
time of none the hands of the haul take; for the model answers, the other right answers and those
of the known mistakes that come out somewhere else.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from runpy import run_path
from typing import Any

import numpy as np
import pytest
import torch

from oz.campaign import default_root

pytestmark = pytest.mark.benchmark

SPELLS = default_root() / "07_poppies" / "spells"
MUSTER = SPELLS / "06_muster"
HAUL = SPELLS / "08_haul"
SEEDS = range(24)
RACES = range(20)
UNEVEN = ("all_alike", "by_frequency", "once_each", "root", "two_kinds")
ALONE = ("nobody_called", "one_load")


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    """What the crucible gives a spell: one thread, whatever ran before."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def _right(spell: Path) -> list[Path]:
    return [spell / "solution.py", *sorted((spell / "right").glob("*.py"))]


def _off(muster: Callable[..., Any], trial: dict[str, Any], seed: int) -> tuple[float, float]:
    """How far a kind's share is from even, in the worst people; the least of a kind in a team."""
    rng = np.random.default_rng(seed)
    worst, least = 0.0, 1.0
    for shares in trial["PEOPLES"]:
        people, kinds = trial["people_of"](rng, shares)
        teams = trial["drawn"](muster(people, kinds, int(rng.integers(1000))))
        present = [k for k, share in enumerate(shares) if share]
        got = [trial["share_of"](teams, k) for k in present]
        worst = max(worst, *(abs(share - 1 / len(present)) for share in got))
        if shares == (0.9, 0.1):
            rare = [(k == 1).double().mean().item() for _, k in teams]
            least = min(least, *rare, *(1 - share for share in rare))
    return worst, least


def _said(name: str, values: list[float]) -> str:
    middle = statistics.median(values)
    return f"{name:20} min {min(values):.3f}  median {middle:.3f}  max {max(values):.3f}"


def test_the_mark_of_the_muster_stands_clear_on_both_sides() -> None:
    """Even teams stay a tenth below the mark in every seed, the known mistakes far above it."""
    trial = run_path(str(MUSTER / "trial.py"))
    mark = trial["STRAYS"]
    print(f"\nmark {mark}; and no team of 50 with less than 0.08 of a kind")
    for answer in _right(MUSTER):
        muster = run_path(str(answer))["muster"]
        found = [_off(muster, trial, seed) for seed in SEEDS]
        strays, least = ([pair[i] for pair in found] for i in (0, 1))
        print(_said(answer.stem, strays), f" least of a kind in a team {min(least):.2f}")
        assert max(strays) < 0.9 * mark
        assert min(least) > 0.12
    for name in UNEVEN:
        muster = run_path(str(MUSTER / "wrong" / f"{name}.py"))["muster"]
        strays = [_off(muster, trial, seed)[0] for seed in SEEDS]
        print(_said(name, strays))
        assert min(strays) > 1.5 * mark


def test_the_mark_of_the_haul_stands_clear_on_both_sides() -> None:
    """Hands are faster in every race; where they have nothing to do it takes as long as without."""
    if sys.platform != "linux":
        pytest.skip("workers are forked here, and the model answer is not importable")
    trial = run_path(str(HAUL / "trial.py"))
    mark = trial["MARK"]
    print(f"\nmark {mark}")
    haul = run_path(str(HAUL / "solution.py"))["haul"]
    first, best = [], []
    for seed in RACES:
        ratios = trial["race"](haul, np.random.default_rng(seed))[0]
        first.append(ratios[0])
        best.append(min(ratios))
    print(_said("first try", first))
    print(_said("best of the tries", best))
    assert max(best) <= mark
    for name in ALONE:
        haul = run_path(str(HAUL / "wrong" / f"{name}.py"))["haul"]
        ratios = [trial["race"](haul, np.random.default_rng(s), (40,))[0][0] for s in RACES]
        print(_said(name, ratios))
        # A neighbour's burst may fall on the one side alone; the trial counts hands as well.
        assert statistics.median(ratios) > 1.2 * mark
