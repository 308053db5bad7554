"""``oz`` without a terminal: plain mode, on the journey played last."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.cold
GOOD = Path(__file__).resolve().parents[1] / "lessons" / "good"
ROOT = GOOD.parents[2]


def play(saves: Path, lines: str, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "oz", *args],
        input=lines,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "OZ_SAVES": str(saves), "OZ_LESSONS": str(GOOD)},
        timeout=120,
        check=False,
    )


def test_a_pipe_plays_and_the_next_one_goes_on(tmp_path: Path) -> None:
    first = play(tmp_path, "take ledger\nquit\n", "play", "uncle")
    assert first.returncode == 0, first.stderr
    assert "A kitchen, a table, and a ledger on the table." in first.stdout
    assert "Traceback" not in first.stderr
    second = play(tmp_path, "inventory\nquit\n")
    assert second.returncode == 0
    assert "ledger" in second.stdout
    assert (tmp_path / "uncle" / "journey.sqlite3").is_file()


def test_the_end_of_input_ends_the_game(tmp_path: Path) -> None:
    assert play(tmp_path, "look\n").returncode == 0
    assert play(tmp_path, "").returncode == 0
