"""``oz journal``: Markdown to be kept, and data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from oz.campaign import load
from oz.cli import main
from tests.session.finished import OWN, walk


@pytest.fixture
def saves(tmp_path: Path) -> Path:
    walk(tmp_path / "dorothy", load(None), "kansas")
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], saves: Path, *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main(["journal", *words, "--saves", str(saves)])
    told = capsys.readouterr()
    return int(left.value.code or 0), told.out, told.err


def test_all_of_it_in_short_and_at_length(saves: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, short, _ = said(capsys, saves)
    assert code == 0
    assert "Spells in your own code" in short
    assert OWN.strip() not in short
    _, long, _ = said(capsys, saves, "--whole")
    assert long.startswith("## Kansas\n")
    assert long.count(OWN) == 6


def test_one_spell(saves: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, shown, _ = said(capsys, saves, "kansas/pump")
    assert code == 0
    assert shown.startswith("## The pump that wants a driver\n")
    assert shown.count(OWN.strip()) == 1
    _, same, _ = said(capsys, saves, "the", "pump")
    assert same == shown


def test_what_is_not_there(saves: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, error = said(capsys, saves, "glinda")
    assert code == 1
    assert "nothing on 'glinda'" in error
    code, _, error = said(capsys, saves, "the")
    assert code == 1
    assert "several" in error


def test_as_data(saves: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, told, _ = said(capsys, saves, "--json")
    found = json.loads(told)
    (kansas,) = found["stages"]
    assert (found["journey"], kansas["id"], kansas["passed"], kansas["of"]) == (
        "dorothy", "kansas", 6, 6,
    )  # fmt: skip
    assert kansas["spells"][0]["code"].startswith(OWN)
