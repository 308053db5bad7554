"""Drafts written in real editors, opened by ``oz open`` in a terminal, while ``oz watch`` casts.

Each saves in its own way: in place, or by another file that takes the draft's name, with a backup,
a swap file or a lock beside it. Every save must be cast once, and nothing else.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from oz.saves import Journey
from tests.cli.outside import GOOD, until
from tests.tmux import Tmux

WRONG, RIGHT = "hens = torch.arange(1, 8)", "hens = torch.arange(7)"
PATIENCE = 60.0


@dataclass(frozen=True)
class Editor:
    """How one is called, and what is pressed in it (names of keys as tmux has them)."""

    command: str
    ready: str
    """On the screen once keys are heard."""
    to_a_last_line: tuple[str, ...]
    save: tuple[str, ...]
    leave: tuple[str, ...]

    @property
    def program(self) -> str:
        return self.command.split()[0]


_VI = (("Escape", "G", "o"), ("Escape", ":w", "Enter"), ("Escape", ":q", "Enter"))
EDITORS = {
    "vim": Editor("vim -u NONE", "arange(1)", *_VI),
    "vim, a backup and a new file": Editor(
        "vim -u NONE --cmd 'set nocp backup writebackup backupcopy=no'", "arange(1)", *_VI
    ),
    "vim, in place": Editor("vim -u NONE --cmd 'set nocp backupcopy=yes'", "arange(1)", *_VI),
    "nvim": Editor("nvim -u NONE", "arange(1)", *_VI),
    "nano": Editor("nano", "arange(1)", ("M-/",), ("C-o", "Enter"), ("C-x",)),
    "nano, a backup": Editor("nano -B", "arange(1)", ("M-/",), ("C-o", "Enter"), ("C-x",)),
    "emacs": Editor("emacs -nw -Q", "arange(1)", ("M->",), ("C-x", "C-s"), ("C-x", "C-c")),
    "micro": Editor("micro", "arange(1)", ("C-End",), ("C-s",), ("C-q",)),
    "kakoune": Editor(
        "kak -n", "arange(1)", ("Escape", "g", "e", "o"), ("Escape", ":w", "Enter"),
        ("Escape", ":q", "Enter"),
    ),
}  # fmt: skip


class Terminal(Tmux):
    """A terminal in which ``oz open`` runs."""

    def __init__(self, folder: Path, visual: str) -> None:
        called = [sys.executable, "-m", "oz", "open", "first-count", "--saves", str(folder)]
        line = " ".join([*called, "--lessons", str(GOOD), ";", "echo", "left=$?"])
        super().__init__(folder, line, 80, 24, patience=PATIENCE, VISUAL=visual, ESCDELAY="25")
        self._tmux("set", "-sg", "escape-time", "0")

    def type(self, text: str) -> None:
        self.write(text)
        self.until(text)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux")
@pytest.mark.parametrize("name", EDITORS)
def test_every_save_of_a_real_editor_is_cast_once(
    name: str, watching: subprocess.Popen[str], tmp_path: Path
) -> None:
    editor = EDITORS[name]
    if shutil.which(editor.program) is None:
        pytest.skip(f"there is no {editor.program}")
    until(watching, "Every save of that file is cast")
    terminal = Terminal(tmp_path, editor.command)
    try:
        terminal.until(editor.ready)
        terminal.press(*editor.to_a_last_line)
        terminal.type(WRONG)
        terminal.press(*editor.save)
        told = until(watching, "Not yet.")
        assert "attempt 1" in told
        terminal.press(*editor.to_a_last_line)
        terminal.type(RIGHT)
        terminal.press(*editor.save)
        until(watching, "The spell holds.")
        assert watching.wait(30) == 0
        terminal.press(*editor.leave)
        terminal.until("left=0")
    finally:
        terminal.close()
    _only_two(tmp_path)


def _only_two(saves: Path) -> None:
    """Both saves were cast, and no swap file, backup or lock was taken for a draft."""
    with Journey.open(saves / "dorothy") as journey:
        reasons = [made.reason for made in journey.attempts("kansas/first-count")]
    assert reasons == ["failed", "passed"]
    drafts = saves / "dorothy" / "spells"
    assert [path.name for path in drafts.iterdir()] == ["kansas"]
    text = (drafts / "kansas" / "first-count.py").read_text("utf-8")
    assert re.search(re.escape(WRONG) + r"\s+" + re.escape(RIGHT), text)
    assert not (drafts / "kansas" / "kept").exists()
