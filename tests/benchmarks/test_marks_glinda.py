"""Whether the marks of Glinda's country leave room for chance, and none for mistakes.

One trial with a mark for each of three problems, and a slack for what was promised. Measured over
20 draws of rows and seeds for the model answer on each problem, over fewer for the other right
answers and for the known mistakes that get as far as a mark.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import statistics
from itertools import pairwise
from pathlib import Path
from runpy import run_path
from typing import Any

import numpy as np
import pytest
import torch

from oz.campaign import default_root

pytestmark = pytest.mark.benchmark

SPELL = default_root() / "18_glinda" / "spells" / "06_silver_shoes"
SEEDS = range(20)
FEWER = range(4)
WHOLE = {"solution": "cellar", "slides_whole": "slides", "year_book_whole": "year-book"}
"""The model answer, and the same on the other two problems."""


@pytest.fixture(scope="module", autouse=True)
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The programs read `rows.pt` and write `home.pt2` where they run."""
    before = Path.cwd()
    folder = tmp_path_factory.mktemp("glinda")
    shutil.copy(SPELL / "files" / "rows.pt", folder)
    os.chdir(folder)
    torch.set_num_threads(1)
    yield
    os.chdir(before)


def _ran(path: Path) -> dict[str, Any]:
    """The names of a program, without what it prints."""
    torch.manual_seed(0)
    with contextlib.redirect_stdout(io.StringIO()):
        return run_path(str(path))


def _scored(answer: dict[str, Any], trial: dict[str, Any], seed: int) -> tuple[float, float]:
    """What a model trained by `answer` scores on rows held back, and what was promised of it
    where the answer has a score and a way to part rows of its own."""
    problem = answer["PROBLEM"]
    (x, answers), (held_x, held_answers) = trial["draw"](problem, np.random.default_rng(seed))
    torch.manual_seed(seed)
    with torch.no_grad():
        score = trial["scored"](problem, _train(answer, x, answers)(held_x), held_answers)
    if "part" not in answer:
        return score, score
    rest, sealed = answer["part"](answers, seed=1900)
    model = _train(answer, x[rest], answers[rest])
    with torch.no_grad():
        return score, answer["score"](model(x[sealed]), answers[sealed])


def _train(answer: dict[str, Any], x: torch.Tensor, answers: torch.Tensor) -> torch.nn.Module:
    with torch.enable_grad():
        model: torch.nn.Module = answer["train"](x, answers)
    return model.eval()


def _pairs(found: list[float]) -> list[float]:
    """What the trial asks: the mean over two draws, of every two that follow each other."""
    return [(a + b) / 2 for a, b in pairwise(found)]


def _said(name: str, found: list[float]) -> str:
    middle = statistics.median(found)
    return f"{name:28} min {min(found):.3f}  median {middle:.3f}  max {max(found):.3f}"


def test_the_marks_of_the_silver_shoes_stand_clear_on_both_sides() -> None:
    """Honest answers stay clear of the mark of their problem, and the known mistakes do not."""
    trial = run_path(str(SPELL / "trial.py"))
    marks, slack = trial["MARKS"], trial["SLACK"]
    print(f"\nmarks {marks}\nslack of the promise {slack}")
    right = [SPELL / "solution.py", *sorted((SPELL / "right").glob("*.py"))]
    for path in right:
        answer = _ran(path)
        problem = answer.get("PROBLEM", "cellar")
        whole = path.stem in WHOLE
        both = [_scored(answer, trial, seed) for seed in (SEEDS if whole else FEWER)]
        scores = [score for score, _ in both]
        print(_said(f"{path.stem}, {problem}", _pairs(scores)))
        assert min(_pairs(scores)) >= marks[problem] + 0.02
        if whole:
            over = [promise - score for score, promise in both]
            print(_said("  promised above what came", over))
            assert max(over) <= slack[problem] - 0.02
    for name in ("as_they_come", "shuffled_apart", "by_heart", "every_with_every"):
        answer = _ran(SPELL / "wrong" / f"{name}.py")
        problem = answer["PROBLEM"]
        scores = [_scored(answer, trial, seed)[0] for seed in FEWER]
        print(_said(f"{name}, {problem}", _pairs(scores)))
        assert max(_pairs(scores)) < marks[problem] - 0.02
