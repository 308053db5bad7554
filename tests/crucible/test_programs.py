"""Programs as people write them, unmodified, through ``oz run``: each has its own asserts.

They are in the style of PyTorch's tutorials and examples. What a machine lacks is skipped and said.
"""

from __future__ import annotations

import importlib.util
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from oz.crucible.model import Job, Limits, Metric, Mode, Picture, Progress, Reason

PROGRAMS = Path(__file__).with_name("programs")
SLOW = {"spawned", "torchrun", "compiled"}
NEEDS = {"drawn": "matplotlib", "bars": "tqdm"}


@dataclass(frozen=True)
class Seen:
    """What must have been seen of a program's training."""

    values: tuple[str, ...] = ()
    ranks: frozenset[int | None] | None = None


SEEN = {
    "regression": Seen(("loss", "grad_norm", "lr", "grad/0.weight", "grad/0.bias")),
    "loader": Seen(("loss", "grad/2.bias")),
    "spawned": Seen(("loss", "grad/weight"), frozenset({0, 1})),
    "torchrun": Seen(("loss", "grad/weight"), frozenset({0, 1})),
    "forked": Seen(("loss", "grad/weight"), frozenset({0, 1})),
    "compiled": Seen(("loss", "grad/0.weight")),
    "lbfgs": Seen(("loss", "grad/point")),
    "gan": Seen(("loss/optimizer_d", "loss/optimizer_g", "grad/optimizer_g.0.weight")),
    "reinforce": Seen(("loss", "grad/0.weight")),
    "function": Seen(("loss", "grad/w")),
    "amp": Seen(("loss", "lr", "lr/1", "grad/2.weight")),
    "checkpoint": Seen(("loss", "grad/0.weight")),
    "logged": Seen(("loss", "Loss/train", "rates/a")),
    "charrnn": Seen(("loss", "grad/gru.weight_hh_l0", "examples_per_second")),
}


def _marks(name: str) -> list[pytest.MarkDecorator]:
    return [pytest.mark.slow] if name in SLOW else []


@pytest.mark.parametrize(
    "name",
    [pytest.param(p.stem, marks=_marks(p.stem)) for p in sorted(PROGRAMS.glob("*.py"))],
)
async def test_runs(zygote, name: str) -> None:
    """It comes to its end, and its training was seen."""
    needed = NEEDS.get(name)
    if needed and importlib.util.find_spec(needed) is None:
        pytest.skip(f"{needed} is not installed")
    if name == "compiled" and shutil.which("g++") is None:
        pytest.skip("torch.compile needs a C++ compiler")
    program = zygote.folder / f"{name}.py"
    shutil.copy(PROGRAMS / f"{name}.py", program)
    limits = Limits(seconds=240, memory=4 << 30)
    seen, values = SEEN.get(name, Seen()), set[str]()
    # a busy machine leaves little time for looking at gradients, and a short run may then show none
    for _ in range(3):
        told = await zygote.done(Job(Mode.RUN, program=program, cwd=zygote.folder, limits=limits))
        trouble = (
            told.message
            + told.err
            + "".join(f"{r.page.type}: {r.page.message}" for r in told.raised)
        )
        assert told.reason is Reason.RAN, trouble
        assert told.finished.exit_code == 0, trouble
        assert told.out.endswith("done\n"), told.out
        values |= {key for metric in told.metrics for key in metric.values}
        if set(seen.values) <= values:
            break
    assert set(seen.values) <= values, sorted(values)
    assert all(metric.rank in (seen.ranks or {None}) for metric in told.metrics)
    if seen.ranks:
        assert {metric.rank for metric in told.metrics} == seen.ranks
    if name == "compiled":
        assert max(metric.step for metric in told.metrics) == 20 + 20 + 5
    if name == "amp":
        plain = [m.values["loss"] for m in told.metrics if "loss" in m.values]
        assert max(value for value in plain if value != float("inf")) < 10  # not the scaled one
    if name == "logged":
        assert "INFO trained" in told.err
        assert any(warned.message == "this is the end" for warned in told.warned)
    if name == "drawn":
        assert len(told.of(Picture)) >= 3
    if name == "bars":
        assert {progress.level for progress in told.of(Progress)} == {0, 1}
    assert all(isinstance(metric, Metric) for metric in told.metrics)
    await zygote.clean()
