"""The journal, the spellbook and the statistics line by line, in a real process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from oz.campaign import load
from tests.session.finished import OWN, walk

ROOT = Path(__file__).resolve().parents[2]


def played(saves: Path, *lines: str) -> str:
    """What is shown for `lines`, from the first of them on."""
    own = {key: value for key, value in os.environ.items() if not key.startswith("OZ_")}
    done = subprocess.run(
        [sys.executable, "-m", "oz", "play", "dorothy", "--plain"],
        input="\n".join((*lines, "quit", "")),
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**own, "OZ_SAVES": str(saves), "PYTHONUTF8": "1"},
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    return done.stdout.partition(f"> {lines[0]}\n")[2]


@pytest.fixture
def saves(tmp_path: Path) -> Path:
    walk(tmp_path / "dorothy", load(None), "kansas", "munchkins")
    return tmp_path


def test_the_books_are_read_line_by_line(saves: Path) -> None:
    said = played(saves, "journal", "journal pump", "spellbook arange", "statistics")
    short, _, rest = said.partition("> journal pump")
    pump, _, rest = rest.partition("> spellbook arange")
    page, _, figures = rest.partition("> statistics")
    assert short.startswith("\nWhat you have written down:\n\nKansas\n\n")
    assert "Munchkin country\n\nSpells in your own code (`journal munchkins` shows it):" in short
    assert f"\n    {OWN}" in pump
    assert "It prints:\n\n    tensor([0, 1, 2, 3, 4]) tensor([2, 5, 8])\n" in page
    assert "Where you met it:\n\n- *First stones*, your line 7: `return torch.arange(n)`\n" in page
    assert figures.startswith("\n\n14 of 134 spells in")
    lines = [line for line in said.split("\n") if not line.startswith("    ")]
    assert max(map(len, lines)) <= 80


def test_where_an_answer_is_asked_for_the_books_can_be_looked_into(tmp_path: Path) -> None:
    said = played(tmp_path, "cast scales", "spellbook float32", "journal", "False", "True")
    assert said.count("Question 1 of 2.") == 3
    assert "`torch.float32`" in said
    assert "The journal is empty yet." in said
    assert "Every question has its answer." in said
