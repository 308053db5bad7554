"""Whether the marks of the glade leave room for chance, and none for the known mistakes.

Measured over 24 seeds (12 for the other right answers), on the trial's own heap: held-out accuracy
and loss of what `train` makes, for the model answer, the other right answers, and those mistakes
that only the marks can see. The Kalidah's spell has the same two marks.
"""

from __future__ import annotations

import contextlib
import statistics
from collections.abc import Iterator
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
import torch

from oz.campaign import default_root

pytestmark = pytest.mark.benchmark

SPELLS = default_root() / "06_glade" / "spells"
SEEDS = range(24)
MISTAKEN = {
    "08_court": ("two_softmaxes", "rusted", "no_step", "once_round", "by_heart", "shuffled_apart"),
    "06_tigers_head": ("longer_steps", "sigmoid", "once_round"),
}
BLIND = {"two_softmaxes", "longer_steps", "sigmoid"}
"""Mistakes that accuracy alone would let through."""


def _measured(
    answer: Path, trial: dict[str, Any], seeds: range = SEEDS
) -> Iterator[tuple[float, float]]:
    """Accuracy on the sealed pebbles and loss on the others of what `train` makes, seed by seed."""
    with contextlib.redirect_stdout(None):
        train = run_path(str(answer))["train"]
    x, y, sealed_x, sealed_y = trial["pebbles"](trial["UNSEEN"])
    for seed in seeds:
        torch.manual_seed(seed)
        made = train(x.clone(), y.clone())
        model = made[0] if isinstance(made, tuple) else made
        share, _ = trial["measured"](model, sealed_x, sealed_y)
        yield share, trial["measured"](model, x, y)[1]


def _said(name: str, shares: list[float], losses: list[float]) -> str:
    return (
        f"{name:16} accuracy {min(shares):.3f} {statistics.median(shares):.3f} {max(shares):.3f}"
        f"   loss {min(losses):.3f} {statistics.median(losses):.3f} {max(losses):.3f}"
    )


@pytest.mark.parametrize("name", MISTAKEN)
def test_both_marks_stand_clear(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Honest answers keep their distance from both marks in every seed; no mistake meets both."""
    monkeypatch.chdir(tmp_path)
    torch.set_num_threads(1)
    spell = SPELLS / name
    (tmp_path / "pebbles.pt").write_bytes((spell / "files" / "pebbles.pt").read_bytes())
    trial = run_path(str(spell / "trial.py"))
    accuracy, loss = trial["ACCURACY"], trial["LOSS"]
    print(f"\n{name}: marks {accuracy} and {loss} (minimum, median, maximum)")
    for answer in [spell / "solution.py", *sorted((spell / "right").glob("*.py"))]:
        seeds = SEEDS if answer.stem == "solution" else SEEDS[:12]
        shares, losses = map(list, zip(*_measured(answer, trial, seeds), strict=True))
        print(_said(answer.stem, shares, losses))
        assert min(shares) >= accuracy + 0.01
        assert max(losses) < loss / 2
    for mistake in MISTAKEN[name]:
        answer = spell / "wrong" / f"{mistake}.py"
        shares, losses = map(list, zip(*_measured(answer, trial), strict=True))
        print(_said(mistake, shares, losses))
        assert not any(a >= accuracy and b < loss for a, b in zip(shares, losses, strict=True))
        if mistake in BLIND:
            assert max(shares) >= accuracy  # to accuracy alone it may look fine
            assert min(losses) > 2 * loss
