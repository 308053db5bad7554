"""``oz watch`` and ``oz open``: a spell solved without ever opening the game."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from oz.saves import Journey

ROOT = Path(__file__).resolve().parents[2]
GOOD = ROOT / "tests" / "lessons" / "good"
RIGHT = "import torch\n\nhens = torch.arange(7)\n"
WRONG = "import torch\n\nhens = torch.arange(1, 7)\n"


def oz(saves: Path, *args: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-u", "-m", "oz", *args, "--saves", str(saves), "--lessons", str(GOOD)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "HOME": str(saves), **environment},
    )


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    process = oz(tmp_path, "watch", "first-count")
    timer = threading.Timer(120, process.kill)
    timer.start()
    yield process
    timer.cancel()
    process.kill()
    process.communicate()


def until(process: subprocess.Popen[str], word: str) -> str:
    assert process.stdout is not None
    told = ""
    for line in process.stdout:
        told += line
        if word in line:
            return told
    raise AssertionError(f"it ended without {word!r}: {told}")


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
