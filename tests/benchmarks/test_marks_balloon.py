"""Whether the mark of the balloon's last spell leaves room for rounding, and none for mistakes.

Measured over 20 seeds: by how much a reader of the gates, trained anew for each, differs in
onnxruntime from itself in torch, at three numbers of slates; and how far off the known mistakes
are at the least.
"""

from __future__ import annotations

import statistics
from pathlib import Path
from runpy import run_path
from typing import Any

import numpy as np
import onnxruntime
import pytest
import torch
from torch import nn

from oz.campaign import default_root

pytestmark = pytest.mark.benchmark

SPELL = default_root() / "16_balloon" / "spells" / "05_balloon"
SLIPS = default_root() / "08_gates" / "spells" / "06_reading" / "files" / "slips.pt"
SEEDS = range(20)


def _answer() -> dict[str, Any]:
    """What the model answer defines, without its flight."""
    text = (SPELL / "solution.py").read_text("utf-8").partition("\nreader = frame()")[0]
    defined: dict[str, Any] = {}
    exec(compile(text, "solution.py", "exec"), defined)
    return defined


def _trained(seed: int) -> nn.Module:
    """The reader of the gates, trained for two rounds, in training mode."""
    torch.manual_seed(seed)
    slips = torch.load(SLIPS, weights_only=True)
    x, numbers = slips["pictures"][:, None] / 255, slips["numbers"]
    model = nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.AvgPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.AvgPool2d(2),
        nn.Flatten(), nn.Linear(128, 10),
    )  # fmt: skip
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    for _ in range(2):
        for rows in torch.randperm(1100).split(64):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x[rows]), numbers[rows]).backward()  # type: ignore[no-untyped-call]
            optimizer.step()
    return model


def _apart(model: nn.Module, session: onnxruntime.InferenceSession, x: torch.Tensor) -> float:
    """The largest difference between the two."""
    (logits,) = session.run(None, {"x": x.numpy()})
    with torch.no_grad():
        return (model(x) - torch.from_numpy(logits)).abs().max().item()


def _said(name: str, apart: list[float]) -> str:
    middle = statistics.median(apart)
    return f"{name:20} min {min(apart):8.3g}  median {middle:8.3g}  max {max(apart):8.3g}"


def test_the_mark_of_the_balloon_stands_clear_on_both_sides(tmp_path: Path) -> None:
    """An honest file stays far below the mark in every seed, the known mistakes far above it."""
    torch.set_num_threads(1)
    trial = run_path(str(SPELL / "trial.py"))
    mark, pack = trial["MARK"], _answer()["pack"]
    honest: list[float] = []
    mistaken: dict[str, list[float]] = {"still learning": [], "softmaxed": [], "divided again": []}
    for seed in SEEDS:
        model = _trained(seed)
        pack(model, str(tmp_path / "balloon.onnx"))
        session = onnxruntime.InferenceSession(tmp_path / "balloon.onnx")
        rng = np.random.default_rng(seed)
        piles = [torch.from_numpy(rng.random((n, 1, 8, 8), np.float32)) for n in trial["SIZES"]]
        honest.append(max(_apart(model.eval(), session, x) for x in piles))
        last = piles[-1]
        mistaken["softmaxed"].append(_apart(nn.Sequential(model, nn.Softmax(1)), session, last))
        with torch.no_grad():
            divided = (model(last / 255) - model(last)).abs().max().item()
        mistaken["divided again"].append(divided)
        mistaken["still learning"].append(_apart(model.train(), session, last))
    print(f"\nmark {mark}")
    print(_said("honest", honest))
    assert max(honest) < 0.25 * mark
    for name, apart in mistaken.items():
        print(_said(name, apart))
        assert min(apart) > 1000 * mark
