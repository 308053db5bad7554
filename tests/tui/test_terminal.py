"""The real game in a real terminal (tmux): some lines, a spell, and nothing cut off."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE = 40.0
"""Seconds for a screen to come; the first cast waits for torch to be imported."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux"),
]


class Terminal:
    """A tmux session of its own server."""

    def __init__(self, folder: Path, columns: int, rows: int) -> None:
        self._socket = str(folder / "tmux")
        self.columns, self.rows = columns, rows
        command = [sys.executable, "-m", "oz", "play", "dorothy", "--saves", str(folder / "saves")]
        env = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "HOME": str(folder),
            "TERM": "screen-256color",
        }
        for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "TMUX"):
            env.pop(name, None)
        self._tmux(
            "-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows), "-c",
            str(folder), " ".join([*command, ";", "echo", "status=$?", ";", "stty -a", ";", "cat"]),
            env=env,
        )  # fmt: skip

    def _tmux(self, *arguments: str, env: dict[str, str] | None = None) -> str:
        done = subprocess.run(
            ["tmux", "-S", self._socket, *arguments],
            env=env, capture_output=True, text=True, timeout=20, check=True,
        )  # fmt: skip
        return done.stdout

    @property
    def text(self) -> str:
        """What the terminal shows."""
        return self._tmux("capture-pane", "-p")

    def until(self, text: str) -> str:
        """The screen once `text` is on it. (A terminal has no event to wait for.)"""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if text in (shown := self.text):
                return shown
            time.sleep(0.05)
        raise AssertionError(f"never came: {text}\n{self.text}")

    def press(self, *keys: str) -> None:
        """Press keys by their tmux names."""
        self._tmux("send-keys", *keys)

    def type(self, line: str) -> None:
        """Type a line and press enter."""
        self._tmux("send-keys", "-l", line)
        self._tmux("send-keys", "Enter")

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window."""
        self._tmux("resize-window", "-x", str(columns), "-y", str(rows))

    def close(self) -> None:
        """End the server and what runs in it."""
        self._tmux("kill-server")


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
