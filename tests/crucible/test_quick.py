"""A cast, from program to verdict, on a warm child."""

from __future__ import annotations

from pathlib import Path

from oz.crucible import Crucible
from oz.crucible.model import Announced, Check, Event, Finished, Job, Mode, Output, Reason

TRIAL = '''
import torch

def test_row(spell):
    """`row` is 0 to 6"""
    assert torch.equal(spell.row, torch.arange(7))

def test_sum(spell):
    """`total` is its sum"""
    assert spell.total == 21
'''


async def cast(crucible: Crucible, folder: Path, source: str, trial: str = TRIAL) -> list[Event]:
    program, judge = folder / "spell.py", folder / "trial.py"
    program.write_text(source)
    judge.write_text(trial)
    job = Job(Mode.JUDGE, program=program, trial=judge)
    return [event async for event in crucible.run(job)]


async def test_a_right_spell_passes(crucible: Crucible, tmp_path: Path) -> None:
    source = "import torch\nrow = torch.arange(7)\nprint(row)\ntotal = row.sum()\n"
    events = await cast(crucible, tmp_path, source)
    last = events[-1]
    assert isinstance(last, Finished)
    assert last.reason is Reason.PASSED, events
    assert [e.passed for e in events if isinstance(e, Check)] == [True, True]
    assert any(isinstance(e, Announced) for e in events)
    assert "".join(e.text for e in events if isinstance(e, Output)) == (
        "tensor([0, 1, 2, 3, 4, 5, 6])\n"
    )


async def test_a_wrong_spell_fails_with_its_line(crucible: Crucible, tmp_path: Path) -> None:
    source = "import torch\nrow = torch.arange(6)\ntotal = 21\n"
    events = await cast(crucible, tmp_path, source)
    assert events[-1].reason is Reason.FAILED  # type: ignore[union-attr]
    assert [e.passed for e in events if isinstance(e, Check)] == [False, True]
