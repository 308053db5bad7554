"""Folders of crucibles whose games were killed at a bad moment are removed by the next game."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest

from oz.crucible import leftovers

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no locks on folders")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_what_nobody_holds_any_more_is_removed(place: Path) -> None:
    folder, held = leftovers.make()
    assert held is not None
    (folder / "1").mkdir()
    os.utime(folder, (0, 0))
    leftovers.sweep()
    assert folder.exists()  # its game lives
    os.close(held)
    leftovers.sweep()
    assert not folder.exists()


def test_what_is_young_or_not_ours_is_left_alone(place: Path) -> None:
    folder, held = leftovers.make()
    assert held is not None
    os.close(held)
    (place / "ozc-elsewhere").mkdir()
    (place / "ozc-a_letter").write_text("a file")
    for other in ("ozc-elsewhere", "ozc-a_letter"):
        os.utime(place / other, (0, 0))
    leftovers.sweep()
    assert {path.name for path in place.iterdir()} == {folder.name, "ozc-elsewhere", "ozc-a_letter"}
