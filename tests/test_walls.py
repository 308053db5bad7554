"""The walls of the house: who may import whom, and what never comes into the game's process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GOOD = ROOT / "tests" / "lessons" / "good"
HEAVY = ("torch", "numpy", "textual", "rich")

WATCH = """
import atexit, json, os, sys
def tell(heavy=%r, to=os.environ["OZ_TEST_MODULES"]):
    with open(to, "w") as file:
        json.dump([name for name in heavy if name in sys.modules], file)
atexit.register(tell)
"""


def modules_after(tmp_path: Path, code: str, lines: str = "") -> list[str]:
    """Which heavy modules a fresh interpreter holds after running `code` with `lines` typed."""
    told = tmp_path / "modules.json"
    environment = {
        **os.environ,
        "OZ_TEST_MODULES": str(told),
        "OZ_SAVES": str(tmp_path / "saves"),
        "OZ_LESSONS": str(GOOD),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-c", WATCH % (HEAVY,) + code],
        input=lines,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found: list[str] = json.loads(told.read_text())
    return found


def test_contracts_between_the_rooms() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()",
         "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


@pytest.mark.parametrize("command", ["['--help']", "['--version']", "['list', '--json']"])
def test_commands_that_run_nothing_import_nothing_heavy(tmp_path: Path, command: str) -> None:
    code = f"from oz.cli import main; main({command})"
    assert modules_after(tmp_path, code) == []


def test_plain_mode_needs_neither_torch_nor_textual(tmp_path: Path) -> None:
    code = "from oz.cli import main; main(['--plain'])"
    lines = "look\nexamine ledger\nask henry about hens\ncast first count\nrun\nquit\n"
    assert modules_after(tmp_path, code, lines) == []


def test_the_textual_front_end_brings_no_torch(tmp_path: Path) -> None:
    code = (
        "import importlib, pkgutil, oz.tui\n"
        "for found in pkgutil.walk_packages(oz.tui.__path__, 'oz.tui.'):\n"
        "    importlib.import_module(found.name)\n"
    )
    found = modules_after(tmp_path, code)
    assert "textual" in found
    assert not {"torch", "numpy"} & set(found)


def test_judging_keeps_torch_in_the_child(tmp_path: Path) -> None:
    answer = GOOD / "01_kansas" / "spells" / "01_first_count" / "solution.py"
    code = f"from oz.cli import main; main(['judge', 'first-count', {str(answer)!r}, '--json'])"
    assert modules_after(tmp_path, code) == []
