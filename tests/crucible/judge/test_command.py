"""A command spell's draft is really run, in the scratch folder, by this interpreter's own tools."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from oz.crucible.child.command import Command, command_line, run_command
from oz.crucible.model import Output


def ran(source: str, scratch: Path) -> tuple[Command, list[Output]]:
    told: list[Output] = []
    return run_command(source, scratch, told.append), told


def test_comments_and_blank_lines_are_left_out() -> None:
    source = "# measure\n\necho one  # kept: the shell knows it\n  # and\necho two \\\n  three\n"
    assert command_line(source) == "echo one  # kept: the shell knows it\necho two \\\n  three"


def test_output_is_told_as_it_comes_and_kept(tmp_path: Path) -> None:
    command, told = ran("echo out; echo err >&2; exit 3", tmp_path)
    assert (command.returncode, command.stdout, command.stderr) == (3, "out\n", "err\n")
    assert {(o.text, o.stream) for o in told} == {("out\n", "stdout"), ("err\n", "stderr")}
    assert command.lines == ["out"]


@pytest.mark.parametrize("tool", ["python", "python3"])
def test_python_is_this_one(tool: str, tmp_path: Path) -> None:
    command, _ = ran(f"{tool} -c 'import sys; print(sys.executable)'", tmp_path)
    assert command.lines == [sys.executable]


def test_pytest_and_torchrun_are_there(tmp_path: Path) -> None:
    command, _ = ran("command -v pytest && command -v torchrun && pytest --version", tmp_path)
    assert command.returncode == 0
    assert [Path(line).name for line in command.lines[:2]] == ["pytest", "torchrun"]


def test_a_spawned_file_runs_in_the_scratch_folder(tmp_path: Path) -> None:
    (tmp_path / "egg.py").write_text("import os, sys; print(os.getcwd(), sys.argv[1:])")
    command, _ = ran("python egg.py 7 > out.txt", tmp_path)
    assert (tmp_path / "out.txt").read_text().strip() == f"{os.path.realpath(tmp_path)} ['7']"
    assert command.stdout == ""


@pytest.mark.parametrize(
    ("source", "code"), [("", 0), ("# nothing yet", 0), ("no-such-tool", 127), ("if", 2)]
)
def test_a_command_that_is_none(source: str, code: int, tmp_path: Path) -> None:
    command, _ = ran(source, tmp_path)
    assert command.returncode == code
    assert bool(command.stderr) is (code != 0)


def test_nobody_answers_and_bytes_need_not_be_text(tmp_path: Path) -> None:
    command, _ = ran("read x; echo \"[$x]\"; printf '\\377'", tmp_path)
    assert command.stdout == "[]\n\ufffd"
