"""The player's program, run a second time: what it left, what ends it, what stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from oz.trial.again import Enough, once_more

READ = """
from pathlib import Path

word = Path("word.txt").read_text()
who = __name__
"""
WALK = """
import torch

p = torch.ones(1, requires_grad=True)
optimizer = torch.optim.SGD([p], lr=0.1)
taken = 0
while True:
    p.sum().backward()
    optimizer.step()
    taken += 1
"""


def test_it_runs_in_the_other_folder_as_a_main_program(tmp_path: Path) -> None:
    before = Path.cwd()
    (tmp_path / "word.txt").write_text("green")
    names = once_more(READ, tmp_path, steps=9)
    assert (names["word"], names["who"]) == ("green", "__main__")
    assert Path.cwd() == before


def test_what_it_prints_is_dropped(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    once_more("print('again')", tmp_path, steps=9)
    assert capfd.readouterr().out == ""


def test_it_takes_so_many_steps_and_no_more(tmp_path: Path) -> None:
    assert once_more(WALK, tmp_path, steps=5)["taken"] == 4
    steps = torch.optim.SGD([torch.ones(1, requires_grad=True)], lr=0.1)
    for _ in range(9):
        steps.step()


@pytest.mark.parametrize("end", ["raise ValueError", "raise SystemExit", "1 / 0", "def ("])
def test_whatever_it_raises_only_ends_it(end: str, tmp_path: Path) -> None:
    names = once_more(f"left = 3\n{end}", tmp_path, steps=9)
    assert names.get("left") == (None if end == "def (" else 3)


def test_no_handler_of_the_program_catches_its_end(tmp_path: Path) -> None:
    source = WALK.replace(
        "    optimizer.step()",
        "    try:\n        optimizer.step()\n    except Exception:\n        pass",
    )
    assert once_more(source, tmp_path, steps=3)["taken"] == 2
    assert not issubclass(Enough, Exception)
