"""Whether the marks of the Hammer-Heads' hill leave room for chance, and none for mistakes.

Two marks of its last spell: the share of bytes laid by for the way back, and that of held-out
slates read right. Measured over 20 seeds for the model answer, over fewer for the other right
answers, and for the known mistakes that get as far as either mark.
"""

from __future__ import annotations

import contextlib
import io
import os
import statistics
from pathlib import Path
from runpy import run_path
from typing import Any

import numpy as np
import pytest
import torch

from oz.campaign import default_root

pytestmark = pytest.mark.benchmark

SPELL = default_root() / "12_hammerheads" / "spells" / "08_roll"
SEEDS = range(20)
FEWER = range(5)


@pytest.fixture(scope="module", autouse=True)
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The programs write `reader.pt` where they run."""
    before = Path.cwd()
    os.chdir(tmp_path_factory.mktemp("hill"))
    torch.set_num_threads(1)
    yield
    os.chdir(before)


def _ran(path: Path) -> dict[str, Any]:
    """The names of a program, without what it prints."""
    with contextlib.redirect_stdout(io.StringIO()):
        names = run_path(str(path))
    torch.set_autocast_enabled("cpu", False)
    torch.clear_autocast_cache()
    return names


def _reads(answer: dict[str, Any], trial: dict[str, Any], seed: int) -> float:
    """Share of held-out slates that a reader trained by `answer` reads right."""
    (x, y), (x_test, y_test) = trial["slates"](np.random.default_rng(seed), 1437)
    torch.manual_seed(seed)
    model = answer["make_reader"]()
    answer["train"](model, x, y, torch.bfloat16, epochs=4)
    trial["_still_on"]()
    with torch.no_grad():
        right = model.eval()(x_test).argmax(1) == y_test
    return float(right.float().mean())


def _bytes(answer: dict[str, Any], trial: dict[str, Any], seed: int) -> float:
    """Bytes laid by, as a share of what they would be in `float32`."""
    (x, y), _ = trial["slates"](np.random.default_rng(seed), 160)
    trial["Watch"].there.clear()
    model = trial["Watched"](answer["make_reader"]())

    class Spell:
        train = staticmethod(answer["train"])

    share, _ = trial["kept_light"](Spell, model, x, y, torch.bfloat16, epochs=1)
    return float(share)


def _said(name: str, found: list[float]) -> str:
    middle = statistics.median(found)
    return f"{name:28} min {min(found):.3f}  median {middle:.3f}  max {max(found):.3f}"


def test_the_marks_of_the_roll_stand_clear_on_both_sides() -> None:
    """Honest answers stay clear of both marks in every seed, the known mistakes do not."""
    trial = run_path(str(SPELL / "trial.py"))
    print(f"\nreads at least {trial['READS']}, bytes at most {trial['BYTES']}")
    answers = [SPELL / "solution.py", *sorted((SPELL / "right").glob("*.py"))]
    for path in answers:
        seeds = SEEDS if path.stem == "solution" else FEWER
        answer = _ran(path)
        reads = [_reads(answer, trial, seed) for seed in seeds]
        light = [_bytes(answer, trial, seed) for seed in FEWER]
        print(_said(f"{path.stem}, reads", reads))
        print(_said(f"{path.stem}, bytes", light))
        assert min(reads) >= trial["READS"] + 0.005
        assert max(light) <= trial["BYTES"] - 0.1
    for name in ("wide", "last_layer_only"):
        answer = _ran(SPELL / "wrong" / f"{name}.py")
        light = [_bytes(answer, trial, seed) for seed in FEWER]
        print(_said(f"{name}, bytes", light))
        assert min(light) > trial["BYTES"] + 0.1
    for name in ("never_left", "too_short", "one_batch"):
        answer = _ran(SPELL / "wrong" / f"{name}.py")
        reads = [_reads(answer, trial, seed) for seed in FEWER]
        print(_said(f"{name}, reads", reads))
        assert max(reads) < trial["READS"] - 0.05
