"""What the marks of the yellow brick road's trials leave room for, measured over many seeds.

Three numbers are marks there: how near the distances must come far from home, how near the
logarithm of a sum must come for very loud voices, and how many times as quick as by hand the
paving must be. Each is measured for every right answer and for the mistakes that it is to tell
apart, and the distance on both sides is asserted.
"""

from __future__ import annotations

import importlib.util
import inspect
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import torch

from oz.campaign import default_root
from oz.trial.subjects import Spell

pytestmark = pytest.mark.benchmark

SEEDS = range(25)
SPELLS = default_root() / "03_road" / "spells"
PAVING = SPELLS / "09_paving"
WELL = SPELLS / "07_well"


@pytest.fixture(autouse=True)
def _one_thread() -> Any:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def _loaded(path: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _answers(spell: Path, *wrong: str) -> tuple[list[ModuleType], list[ModuleType]]:
    """The right answers of a spell, and the wrong ones named."""
    sys.modules["by_hand"] = _loaded(PAVING / "files" / "by_hand.py", "by_hand")
    right = [spell / "solution.py", *sorted((spell / "right").glob("*.py"))]
    bad = [spell / "wrong" / f"{name}.py" for name in wrong]
    return (
        [_loaded(path, f"right_{path.stem}") for path in right],
        [_loaded(path, f"wrong_{path.stem}") for path in bad],
    )


def _said(what: str, values: list[float]) -> None:
    low, middle, high = min(values), statistics.median(values), max(values)
    print(f"{what:44} min {low:10.3g}  median {middle:10.3g}  max {high:10.3g}")


def _worst(got: torch.Tensor, asked: torch.Tensor, rtol: float, atol: float) -> float:
    """The largest difference in units of the mark: above 1 is refused."""
    return float(((got.double() - asked).abs() / (atol + rtol * asked.abs())).max())


def test_distances_far_from_home(capsys: pytest.CaptureFixture[str]) -> None:
    """Subtracting first stays far within the mark, subtracting last far outside, in every seed."""
    right, wrong = _answers(PAVING, "cancelled", "cdist_mm")
    mark = _loaded(PAVING / "trial.py", "trial_paving").CLOSE[torch.float32]

    def errors(answer: ModuleType) -> list[float]:
        found = []
        for seed in SEEDS:
            rng = np.random.default_rng(seed)
            bricks = torch.from_numpy(rng.normal(size=(40, 3)) + 1000).float()
            holes = torch.from_numpy(rng.normal(size=(28, 3)) + 1000).float()
            asked = (bricks.double()[:, None] - holes.double()).square().sum(-1)
            found.append(_worst(answer.distances(bricks, holes), asked, mark, mark * 0.1))
        return found

    with capsys.disabled():
        print("\ndistances around 1000, in units of the mark (above 1 is refused)")
        for answer in right:
            found = errors(answer)
            _said(answer.__name__, found)
            assert max(found) < 0.1
        for answer in wrong:
            found = errors(answer)
            _said(answer.__name__, found)
            assert min(found) > 10


def test_very_loud_voices(capsys: pytest.CaptureFixture[str]) -> None:
    """What is made by taking the loudest away stays within the marks of the well."""
    right, _ = _answers(WELL)
    mark = _loaded(WELL / "trial.py", "trial_well").CLOSE[torch.float32]
    with capsys.disabled():
        print("\nvoices of ±10000, in units of the mark (above 1 is refused)")
        for name, atol in (("together", mark), ("quiet", 2e-3)):
            for answer in right:
                found = []
                for seed in SEEDS:
                    rng = np.random.default_rng(seed)
                    soft = torch.from_numpy(rng.normal(size=(20, 4)) * 40)
                    for home in (10_000.0, -10_000.0):
                        voices = (soft + home).float()
                        exact = torch.logsumexp(voices.double(), -1)
                        asked = exact if name == "together" else voices.double() - exact[:, None]
                        got = getattr(answer, name)(voices)
                        found.append(_worst(got, asked, mark, atol))
                _said(f"{name}: {answer.__name__}", found)
                assert max(found) < 0.6


def test_many_times_as_quick(capsys: pytest.CaptureFixture[str]) -> None:
    """Every right answer is far beyond the mark, and a loop over the bricks far below it."""
    right, _ = _answers(PAVING)
    trial = _loaded(PAVING / "trial.py", "trial_paving")

    def half_by_hand(bricks: torch.Tensor, holes: torch.Tensor) -> torch.Tensor:
        rows = [(brick - holes).square().sum(-1).argmin() for brick in bricks]
        return torch.stack(rows)

    def one_by_one(bricks: torch.Tensor, holes: torch.Tensor) -> torch.Tensor:
        return torch.stack(
            [torch.stack([(b - h).square().sum() for h in holes]).argmin() for b in bricks]
        )

    def ratios(work: Callable[..., object]) -> list[float]:
        found = []
        for seed in SEEDS:
            torch.manual_seed(seed)
            bricks, holes = torch.rand(150, 3), torch.rand(12, 3)
            slow = min(trial._by_hand(bricks, holes) for _ in range(2))
            found.append(slow / trial._quickest(work, bricks, holes))
        return found

    with capsys.disabled():
        print(f"\ntimes as quick as by hand (the mark is {trial.TIMES})")
        for answer in right:
            found = ratios(answer.nearest)
            _said(answer.__name__, found)
            assert min(found) > 3 * trial.TIMES
        found = ratios(half_by_hand)
        _said("a loop over the bricks", found)
        # another program's turn now and then makes one measurement twice as long
        assert statistics.median(found) < trial.TIMES / 2
        assert max(found) < trial.TIMES
        found = ratios(one_by_one)
        _said("a loop over bricks and holes", found)
        assert statistics.median(found) < trial.TIMES / 3
        assert max(found) < trial.TIMES


CASTS = sorted(path for path in SPELLS.glob("*") if not (path / "program.py").exists())


@pytest.mark.parametrize("folder", CASTS, ids=lambda path: path.name)
def test_right_answers_pass_with_any_numbers(folder: Path) -> None:
    """Every check that draws its numbers accepts every right answer, in every seed."""
    trial = _loaded(folder / "trial.py", f"trial_{folder.name}")
    checks = [
        check
        for name, check in vars(trial).items()
        if name.startswith("test_") and "rng" in inspect.signature(check).parameters
    ]
    assert checks
    if hasattr(trial, "_no_hands"):
        trial._no_hands = lambda: None  # the hands are those of another test here
    right, _ = _answers(folder)
    for answer in right:
        assert answer.__file__
        spell = Spell(vars(answer), Path(answer.__file__).read_text())
        for seed in SEEDS:
            torch.manual_seed(seed)
            for check in checks:
                check(spell=spell, rng=np.random.default_rng(seed))


@pytest.mark.parametrize("folder", CASTS, ids=lambda path: path.name)
def test_mistakes_are_refused_with_any_numbers(folder: Path) -> None:
    """Every known mistake fails a check in every seed, if it runs at all."""
    trial = _loaded(folder / "trial.py", f"trial_{folder.name}")
    checks = {
        name: check
        for name, check in vars(trial).items()
        if name.startswith("test_") and name != "test_quick"
    }
    sys.modules["by_hand"] = _loaded(PAVING / "files" / "by_hand.py", "by_hand")
    passed = []
    for path in sorted((folder / "wrong").glob("*.py")):
        try:
            answer = _loaded(path, f"wrong_{path.stem}")
        except Exception:  # its own demonstration fails, as it does before the player's eyes
            continue
        spell = Spell(vars(answer), path.read_text())
        for seed in SEEDS:
            torch.manual_seed(seed)
            rng = np.random.default_rng(seed)
            if not any(_refuses(check, spell, rng) for check in checks.values()):
                passed.append((path.stem, seed))
    assert not passed


def _refuses(check: Callable[..., object], spell: Spell, rng: np.random.Generator) -> bool:
    asked = inspect.signature(check).parameters
    try:
        check(**{name: value for name, value in (("spell", spell), ("rng", rng)) if name in asked})
    except Exception:  # what a check says of a mistake, and what the mistake raises by itself
        return True
    return False
