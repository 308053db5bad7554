"""``oz watch`` and ``oz open``: a spell solved without ever opening the game."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from oz.saves import Journey
from tests.cli.outside import GOOD, ROOT, oz, until

RIGHT = "import torch\n\nhens = torch.arange(7)\n"
WRONG = "import torch\n\nhens = torch.arange(1, 7)\n"


def test_every_save_is_cast_until_it_passes(
    watching: subprocess.Popen[str], tmp_path: Path
) -> None:
    told = until(watching, "Every save of that file is cast")
    assert "hens` is the row 0 to 6" in told
    path = tmp_path / "dorothy" / "spells" / "kansas" / "first-count.py"
    stop = threading.Event()

    def save() -> None:
        while not stop.wait(0.5):  # the watcher says nowhere that it has begun
            path.write_text(WRONG + f"# {os.times().elapsed}\n")

    saving = threading.Thread(target=save)
    saving.start()
    try:
        told = until(watching, "begins at 1")
    finally:
        stop.set()
        saving.join()
    assert "not yet: `hens` is the row 0 to 6" in told
    path.write_text(RIGHT)
    until(watching, "The spell holds.")
    assert watching.wait(30) == 0
    with Journey.open(tmp_path / "dorothy") as journey:
        assert journey.tried() == {"kansas/first-count": True}
        assert '"kansas/first-count"' in str(journey.state)


def test_once_is_once(tmp_path: Path) -> None:
    out, _ = oz(tmp_path, "open", "first-count", "--path").communicate(timeout=60)
    path = Path(out.strip())
    path.write_text(WRONG)
    process = oz(tmp_path, "watch", "first-count", "--once")
    assert "begins at 1" in process.communicate(timeout=60)[0]
    assert process.returncode == 1
    path.write_text(RIGHT)
    process = oz(tmp_path, "watch", "first-count", "--once")
    assert "The spell holds." in process.communicate(timeout=60)[0]
    assert process.returncode == 0


def test_the_draft_opens_in_the_players_editor(tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho "# mine" >> "$2"; test "$1" = --wait\n')
    editor.chmod(0o755)
    process = oz(tmp_path, "open", "first-count", VISUAL=f"{editor} --wait")
    process.communicate(timeout=60)
    assert process.returncode == 0
    path = tmp_path / "dorothy" / "spells" / "kansas" / "first-count.py"
    assert path.read_text().endswith("# mine\n")


@pytest.mark.parametrize(
    "visual",
    ['"{}" --wait', "'{}' -w", "{}", "  {}  ", "env -u OZ_SAVES '{}' -t"],
    ids=["a quoted path", "single quotes", "a path with spaces", "blanks", "another program's"],
)
def test_an_editor_may_have_spaces_and_words_of_its_own(tmp_path: Path, visual: str) -> None:
    editor = tmp_path / "my editor" / "code"
    editor.parent.mkdir()
    editor.write_text('#!/bin/sh\nfor last; do :; done\necho "# $1" >> "$last"\n')
    editor.chmod(0o755)
    process = oz(tmp_path, "open", "first-count", VISUAL=visual.format(editor), EDITOR="false")
    assert process.communicate(timeout=60)[0] == ""
    assert process.returncode == 0
    path = tmp_path / "dorothy" / "spells" / "kansas" / "first-count.py"
    word = visual.rsplit(maxsplit=1)[-1] if "-" in visual else str(path)
    assert path.read_text().endswith(f"# {word}\n")


def test_an_editor_that_fails_is_told_by_the_exit_code(tmp_path: Path) -> None:
    process = oz(tmp_path, "open", "first-count", VISUAL="", EDITOR="false")
    process.communicate(timeout=60)
    assert process.returncode == 1


@pytest.mark.parametrize("editor", ["", " ", "/no/such/editor", "'"])
def test_without_an_editor_it_says_where_the_draft_is(tmp_path: Path, editor: str) -> None:
    process = oz(tmp_path, "open", "first-count", VISUAL=editor, EDITOR="")
    out = process.communicate(timeout=60)[0]
    assert process.returncode == 2
    assert "first-count.py" in out or editor.strip() in out
    assert "Traceback" not in out


_LIKE_CODE = """\
import os, sys
path = sys.argv[-1]
print("open", flush=True)
for line in sys.stdin:
    how, _, text = line.rstrip("\\n").partition(" ")
    text = text.replace("|", "\\n")
    if how == "close":
        break
    if how == "inplace":
        with open(path, "w") as file:
            file.write(text)
    elif how == "rename":
        with open(path + ".tmp-8f3a", "w") as file:
            file.write(text)
        os.replace(path + ".tmp-8f3a", path)
    elif how == "twice":
        for _ in range(2):
            open(path, "w").close()
            with open(path, "w") as file:
                file.write(text)
    print("saved", flush=True)
print("closed", flush=True)
"""
"""An editor with a window of its own: told what to do by standard input, gone when it is closed."""


def test_an_editor_that_is_waited_for_saves_in_its_own_ways(
    watching: subprocess.Popen[str], tmp_path: Path
) -> None:
    """In place, twice at once and by another file's name, with `--wait`; each save is cast."""
    until(watching, "Every save of that file is cast")
    program = tmp_path / "like_code.py"
    program.write_text(_LIKE_CODE, "utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "oz", "open", "first-count", "--saves", str(tmp_path),
         "--lessons", str(GOOD)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        env={**os.environ, "HOME": str(tmp_path), "VISUAL": f"{sys.executable} {program} --wait"},
    ) as opened:  # fmt: skip
        assert opened.stdin is not None
        until(opened, "open")
        for how, text, seen in (
            ("inplace", WRONG, "attempt 1"),
            ("twice", WRONG + "# 2\n", "attempt 2"),
            ("rename", WRONG + "# 3\n", "attempt 3"),
            ("rename", RIGHT, "The spell holds."),
        ):
            opened.stdin.write(f"{how} {text}".replace("\n", "|") + "\n")
            opened.stdin.flush()
            until(opened, "saved")
            until(watching, seen)
        assert watching.wait(30) == 0
        assert opened.poll() is None  # it is waited for as long as it is open
        opened.stdin.write("close\n")
        opened.stdin.flush()
        until(opened, "closed")
        assert opened.wait(30) == 0
    with Journey.open(tmp_path / "dorothy") as journey:
        made = [made.reason for made in journey.attempts("kansas/first-count")]
    assert made == ["failed", "failed", "failed", "passed"]
    assert [path.name for path in (tmp_path / "dorothy" / "spells").rglob("*.py")] == [
        "first-count.py"
    ]
