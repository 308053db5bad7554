"""The real game in a real terminal (tmux): some lines, a spell, and nothing cut off."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tmux import Tmux

PATIENCE = 40.0
"""Seconds for a screen to come; the first cast waits for torch to be imported."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux"),
]


class Terminal(Tmux):
    """The game in a terminal."""

    def __init__(self, folder: Path, columns: int, rows: int) -> None:
        game = [sys.executable, "-m", "oz", "play", "dorothy", "--saves", str(folder / "saves")]
        line = " ".join([*game, ";", "echo", "status=$?", ";", "stty -a"])
        super().__init__(folder, line, columns, rows, patience=PATIENCE)

    def type(self, line: str) -> None:
        """Type a line and press enter."""
        self.write(line)
        self.press("Enter")


@pytest.fixture(params=[(80, 24), (120, 40)], ids=["80x24", "120x40"])
def terminal(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Terminal]:
    opened = Terminal(tmp_path, *request.param)
    try:
        yield opened
    finally:
        opened.close()


def test_some_lines_and_a_spell(terminal: Terminal):
    shown = terminal.until("The kitchen")
    assert "Kansas" in shown
    terminal.until("what do you do?")
    whole = terminal.until("Ctrl+Q Quit")
    assert len(whole.rstrip("\n").split("\n")) == terminal.rows

    terminal.type("examine ledger")
    terminal.until("shape (4, 3)")
    terminal.type("talk to Aunt Em")
    terminal.until("You could ask her about")

    terminal.type("cast scales")
    terminal.until("0 of 3 hints")
    terminal.press("F3")
    shown = terminal.until("▌ your answer")
    assert "print(0.1 + 0.2 == 0.3)" in shown
    assert "Does it say" in shown
    terminal.press(*"True")
    terminal.until("▌ True")
    terminal.press("Enter")
    terminal.until("▌ your answer")
    terminal.press(*"True")
    terminal.until("▌ True")
    terminal.press("Enter")
    shown = terminal.until("✗ Not yet.")
    assert "attempt 1" in shown
    terminal.press("F7")
    terminal.until("Hint 1 of 3")
    terminal.press("F3")
    terminal.until("▌ True")
    terminal.press("End")
    terminal.press("C-u")
    terminal.until("▌ your answer")
    terminal.press(*"False")
    terminal.until("▌ False")
    terminal.press("F5")
    terminal.until("✓ The spell holds.")
    terminal.press("F10")
    terminal.until("what do you do?")

    terminal.resize(60, 16)
    terminal.until("what do you do?")
    terminal.resize(50, 12)
    terminal.until("Oz needs a little more room")
    terminal.resize(80, 24)
    terminal.until("what do you do?")

    terminal.type("quit")
    shown = terminal.until("status=0")
    # The terminal is left as it was: line by line and echoing.
    assert " icanon" in shown
    assert " echo " in shown
