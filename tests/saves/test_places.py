"""Where journeys are kept, what they may be called, and how they are listed."""

import os
from pathlib import Path

import pytest

import oz.saves.places
from oz.saves import BadName, Journey, check_name, default_root, journeys, summary


def test_the_folder_named_on_the_command_line_comes_first(tmp_path, monkeypatch):
    monkeypatch.setenv("OZ_SAVES", str(tmp_path / "env"))
    assert default_root(tmp_path / "flag") == tmp_path / "flag"
    assert default_root() == tmp_path / "env"


def test_a_checkout_keeps_them_in_saves(monkeypatch):
    monkeypatch.delenv("OZ_SAVES", raising=False)
    assert default_root() == Path(__file__).resolve().parents[2] / "saves"


def test_an_installed_game_keeps_them_with_the_users_data(monkeypatch, tmp_path):
    monkeypatch.delenv("OZ_SAVES", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(
        oz.saves.places, "__file__", str(tmp_path / "site-packages" / "oz" / "saves" / "places.py")
    )
    assert default_root().name == "journeys"
    assert "oz" in default_root().parts


@pytest.mark.parametrize("name", ["dorothy", "Tante Em", "2026-11-22", "ドロシー", "a.b", "x" * 64])
def test_names_that_can_be_had(name):
    assert check_name(name) == name


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "needs a name"),
        ("  ", "needs a name"),
        (" a", "space"),
        ("..", "dot"),
        (".hidden", "dot"),
        ("a/b", "cannot have /"),
        ("a\\b", "cannot have"),
        ("a\nb", r"cannot have \\n"),
        ("a\0b", r"cannot have \\x00"),
        ("nul", "everywhere"),
        ("COM1.txt", "everywhere"),
        ("a.", "everywhere"),
        ("x" * 65, "at most 64"),
    ],
)
def test_names_that_cannot(name, why):
    with pytest.raises(BadName, match=why):
        check_name(name)


def test_the_list_tells_what_a_player_wants_to_know(tmp_path):
    with Journey.open(tmp_path / "old"):
        pass
    with Journey.open(tmp_path / "new") as journey:
        journey.add_turn("n", "", "{}", step=True)
        journey.note(
            summary=summary(stage="Kansas", room="The kitchen", score=5, max_score=50, turns=12)
        )
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "journey.sqlite3").write_bytes(b"nonsense" * 999)
    (tmp_path / "no journey").mkdir()
    found = {info.name: info for info in journeys(tmp_path)}
    assert set(found) == {"old", "new", "broken"}
    new = found["new"]
    assert (new.stage, new.room, new.score, new.max_score, new.turns) == (
        "Kansas", "The kitchen", 5, 50, 12,
    )  # fmt: skip
    assert new.in_use is None
    assert not new.damaged
    assert found["broken"].damaged
    assert found["old"].stage == ""


def test_the_last_played_comes_first(tmp_path):
    for name in ("a", "b", "c", "a"):
        with Journey.open(tmp_path / name) as journey:
            journey.add_turn("n", "", "{}", step=True)
    assert [info.name for info in journeys(tmp_path)] == ["a", "c", "b"]


def test_being_listed_is_not_being_played(tmp_path):
    for name in ("a", "b", "c"):
        Journey.open(tmp_path / name).close()
        at = 1_700_000_000 + ord(name)
        os.utime(tmp_path / name / "journey.sqlite3", (at, at))
    for _ in range(3):
        # SQLite leaves an empty log beside a database that it has only read.
        assert [info.name for info in journeys(tmp_path)] == ["c", "b", "a"]


def test_no_folder_no_journeys(tmp_path):
    assert journeys(tmp_path / "nowhere") == []


def test_nothing_is_ever_unpickled():
    source = "".join(
        path.read_text("utf-8") for path in Path(oz.saves.__file__).parent.glob("*.py")
    )
    assert "import pickle" not in source
    assert "shelve" not in source
