"""A small good campaign, copied afresh for every test that breaks it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

GOOD = Path(__file__).parent / "good"

collect_ignore = ["good"]
"""Its trials are judged through the crucible, not collected here."""


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    """A copy of the good campaign."""
    return Path(shutil.copytree(GOOD, tmp_path / "lessons"))


@pytest.fixture
def change(lessons: Path) -> Callable[[str, str, str], int]:
    """Replace the first `old` in a file of the copy by `new`; gives the line where it stood."""

    def changed(name: str, old: str, new: str) -> int:
        path = lessons / name
        text = path.read_text("utf-8")
        assert old in text, f"{name} has no {old!r}"
        path.write_text(text.replace(old, new, 1), "utf-8")
        return text[: text.index(old)].count("\n") + 1

    return changed
