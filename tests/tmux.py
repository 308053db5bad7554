"""A real terminal for tests: a tmux session of its own server, with a home of its own."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class Tmux:
    """A window of `columns` and `rows` in which the shell runs `line`, and what follows stays
    seen. `own`: further variables of the environment. Nobody is waited for longer than `patience`
    seconds."""

    def __init__(
        self, folder: Path, line: str, columns: int, rows: int, *, patience: float, **own: str
    ) -> None:
        self._socket, self._patience = str(folder / "tmux"), patience
        self.columns, self.rows = columns, rows
        env = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(folder), **own}
        env["TERM"] = "screen-256color"
        for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "TMUX"):
            env.pop(name, None)
        self._tmux(
            "-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows),
            "-c", str(folder), f"{line} ; cat", env=env,
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
        end = time.monotonic() + self._patience
        while time.monotonic() < end:
            if text in (shown := self.text):
                return shown
            time.sleep(0.05)
        raise AssertionError(f"never came: {text}\n{self.text}")

    def press(self, *keys: str) -> None:
        """Press keys by their tmux names, one after another."""
        for key in keys:
            self._tmux("send-keys", key)

    def write(self, text: str) -> None:
        """Type a text as it is."""
        self._tmux("send-keys", "-l", text)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window."""
        self._tmux("resize-window", "-x", str(columns), "-y", str(rows))

    def close(self) -> None:
        """End the server and what runs in it."""
        self._tmux("kill-server")
