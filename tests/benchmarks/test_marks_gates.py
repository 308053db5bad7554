"""Whether the marks of the Emerald gates leave room for chance, and none for mistakes.

Measured over 20 seeds: what the frame on the gate reads of the 500 visitors' slips with what the
model answer and the other right answers leave in ``gates.pt``, and the loss of their last steps;
the same for the known mistakes that come nearest. The slips themselves are made anew and compared.
"""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
import torch
from torch import nn

from oz.campaign import default_root

pytestmark = pytest.mark.benchmark

SPELLS = default_root() / "08_gates" / "spells"
SPELL = SPELLS / "06_reading"
SLIPS = SPELL / "files" / "slips.pt"
VISITORS = SPELLS / "08_mistakes" / "files" / "visitors.pt"
SEEDS = range(20)


@contextmanager
def _heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """The losses that `backward` is called on."""
    losses: list[float] = []
    backward: Any = torch.Tensor.backward

    def listening(loss: torch.Tensor, *args: Any, **kwargs: Any) -> None:
        losses.append(float(loss.detach()))
        backward(loss, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(torch.Tensor, "backward", listening)
        yield losses


def _taught(
    answer: Path, trial: dict[str, Any], monkeypatch: pytest.MonkeyPatch, **parts: Any
) -> tuple[list[float], list[float]]:
    """For every seed: the share of visitors read right, and the mean loss of the last ten steps.

    `parts`: of what the frame is made instead, to see what a mistaken network itself reads.
    """
    x, numbers = trial["data"](VISITORS)
    shares, losses = [], []
    for seed in SEEDS:
        torch.manual_seed(seed)
        with _heard(monkeypatch) as heard, redirect_stdout(StringIO()):
            run_path(str(answer))
        frame = trial["frame"](**parts)
        frame.load_state_dict(torch.load("gates.pt", weights_only=True))
        shares.append(trial["share"](frame, x, numbers))
        losses.append(statistics.fmean(heard[-10:]))
    return shares, losses


def _said(name: str, values: list[float]) -> str:
    middle = statistics.median(values)
    return f"{name:32} min {min(values):6.3f}  median {middle:6.3f}  max {max(values):6.3f}"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with the slips in it, to run answers in, on one thread."""
    shutil.copy(SLIPS, tmp_path)
    monkeypatch.chdir(tmp_path)
    torch.set_num_threads(1)


@pytest.mark.usefixtures("desk")
def test_the_mark_of_reading_stands_clear_on_both_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    """Honest answers pass in every seed; without ReLU, or after one epoch, none does."""
    trial = run_path(str(SPELL / "trial.py"))
    mark, last = trial["MARK"], trial["LAST"]
    print(f"\nmark {mark}, loss of the last steps {last}")
    for answer in [SPELL / "solution.py", *sorted((SPELL / "right").glob("*.py"))]:
        shares, losses = _taught(answer, trial, monkeypatch)
        print(_said(answer.stem, shares), "  ", _said("loss", losses))
        assert min(shares) > mark
        assert max(losses) < 0.6 * last
    straight = {"bend": nn.Identity}
    shares, _ = _taught(SPELL / "wrong" / "no_relu.py", trial, monkeypatch, **straight)
    print(_said("no_relu, read as it was taught", shares))
    assert max(shares) < mark
    shares, _ = _taught(SPELL / "wrong" / "too_short.py", trial, monkeypatch)
    print(_said("too_short", shares))
    assert max(shares) < mark
    shares, losses = _taught(SPELL / "wrong" / "softmax_in_the_loop.py", trial, monkeypatch)
    print(_said("softmax_in_the_loop", shares), "  ", _said("loss", losses))
    assert min(losses) > 2 * last


def test_the_slips_are_scikit_learns_digits_divided_once() -> None:
    """No slip is in both files, and together they are all there are."""
    datasets = pytest.importorskip("sklearn.datasets")
    digits = datasets.load_digits()
    pictures = (torch.from_numpy(digits.images) * 255 / 16).round().to(torch.uint8)
    numbers = torch.from_numpy(digits.target).to(torch.int64)
    order = torch.randperm(len(numbers), generator=torch.Generator().manual_seed(8))
    for path, rows in ((SLIPS, order[:1297]), (VISITORS, order[1297:])):
        kept = torch.load(path, weights_only=True)
        assert torch.equal(kept["pictures"], pictures[rows])
        assert torch.equal(kept["numbers"], numbers[rows])
    assert len(order) == 1297 + 500
