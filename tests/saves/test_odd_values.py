"""Whole database files with values in them that the game never wrote: mended, or said clearly."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from oz.saves import Attempt, Journey, JourneyDamaged, JourneyTooNew, journeys
from oz.saves.figures import figures
from oz.saves.glance import glance
from oz.saves.keepsakes import keepsakes
from oz.saves.schema import MIGRATIONS, TABLES
from oz.saves.shape import columns, seconds

SPELL = "kansas/scales"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "dorothy"
    with Journey.open(folder) as journey:
        journey.add_turn("look", "A kitchen.", '{"room": "kitchen"}', step=True)
        journey.add_turn("north", "A yard.", '{"room": "yard"}', step=True)
        journey.add_attempt(Attempt(SPELL, "x = 1", "failed", "too-heavy", 0.5))
        journey.see_hints(SPELL, 2)
        journey.note(summary=json.dumps({"stage": "Kansas", "score": 3}))
    for backup in (folder / "backups").iterdir():
        backup.unlink()
    return folder


@pytest.fixture
def change(folder: Path) -> Callable[[str], bytes]:
    def changed(sql: str) -> bytes:
        with closing(sqlite3.connect(folder / "journey.sqlite3")) as database:
            database.executescript(sql)
        return (folder / "journey.sqlite3").read_bytes()

    return changed


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE attempts SET seconds = 'soon'",
        "UPDATE attempts SET verdict = x'ff00'",
        "UPDATE hints SET seen = 'nan'",
        "UPDATE turns SET step = 1.5",
        "UPDATE turns SET at = x'00'",
        "UPDATE meta SET value = x'07' WHERE name = 'summary'",
        "CREATE TRIGGER evil AFTER INSERT ON turns BEGIN DELETE FROM attempts; END",
        "CREATE VIEW more AS SELECT * FROM turns",
        "DROP TABLE keepsakes",
        "DROP TABLE hints; CREATE VIEW hints AS SELECT spell, 2 AS seen FROM attempts",
        "PRAGMA user_version = 0",
        "PRAGMA user_version = -3",
        "PRAGMA user_version = 1; DROP TABLE attempts",
        "ALTER TABLE attempts DROP COLUMN verdict",
    ],
)
def test_odd_values_are_mended_and_the_file_is_kept(
    folder: Path, change: Callable[[str], bytes], sql: str
) -> None:
    damaged = change(f"{sql};")
    with Journey.open(folder) as journey:
        assert "damaged" in journey.recovered
        assert journey.history(5) == ("look", "north")
        assert json.loads(str(journey.state)) == {"room": "yard"}
        if "DROP TABLE attempts" not in sql:
            assert [attempt.code for attempt in journey.attempts(SPELL)] == ["x = 1"]
        journey.add_turn("wait", "", '{"room": "yard"}')
    kept = [path.read_bytes() for path in (folder / "damaged").rglob("journey.sqlite3")]
    assert kept == [damaged]
    with Journey.open(folder) as journey:
        assert not journey.recovered


def test_who_only_looks_says_so(folder: Path, change: Callable[[str], bytes]) -> None:
    before = change("UPDATE attempts SET seconds = 'soon'; UPDATE hints SET seen = 'nan';")
    for look in (figures, keepsakes):
        with pytest.raises(JourneyDamaged, match="Opening it puts right what can be"):
            look(folder)
    assert glance(folder).tried == {SPELL: False}
    assert (folder / "journey.sqlite3").read_bytes() == before


def test_bytes_that_are_no_text_are_read_as_one(
    folder: Path, change: Callable[[str], bytes]
) -> None:
    change("UPDATE turns SET line = CAST(x'61ff62' AS TEXT) WHERE line = 'look';")
    with Journey.open(folder) as journey:
        assert journey.history(5) == ("a\ufffdb", "north")
    assert figures(folder).turns == 2


@pytest.mark.parametrize("summary", ["[]", "3", "[" * 9999, '{"score": "many", "stage": 5}', "x"])
def test_a_journey_is_listed_whatever_it_noted(
    folder: Path, change: Callable[[str], bytes], summary: str
) -> None:
    change(f"UPDATE meta SET value = '{summary}' WHERE name = 'summary';")
    change("UPDATE meta SET value = 'inf' WHERE name = 'played';")
    [info] = journeys(folder.parent)
    assert (info.name, info.score, info.played) == ("dorothy", 0, 0.0)
    with Journey.open(folder) as journey:
        journey.add_turn("wait", "", "{}")
        assert seconds(journey.meta("played")) < 300


def test_a_schema_that_is_no_text(folder: Path) -> None:
    """SQLite quotes it in its message, which then is no text either."""
    path = folder / "journey.sqlite3"
    path.write_bytes(
        path.read_bytes().replace(b"CREATE TABLE attempts", b"CREATE TABLE \xfftempts")
    )
    assert [info.damaged for info in journeys(folder.parent)] == [True]
    with pytest.raises(JourneyDamaged):
        figures(folder)
    before = path.read_bytes()
    with pytest.raises(JourneyDamaged, match="left as it is"):
        Journey.open(folder)
    assert path.read_bytes() == before


def _renamed(folder: Path, column: bytes, name: bytes) -> None:
    path = folder / "journey.sqlite3"
    path.write_bytes(path.read_bytes().replace(column + b" TEXT", name + b" TEXT"))


@pytest.mark.parametrize(
    ("column", "name"),
    [(b"verdict", b"ver\xffict"), (b"mistake", b"mi\xfftake"), (b"code", b"co\xffe")],
)
def test_a_column_that_lost_its_name_takes_no_attempt_with_it(
    folder: Path, column: bytes, name: bytes
) -> None:
    _renamed(folder, column, name)
    with Journey.open(folder) as journey:
        assert journey.recovered
        [attempt] = journey.attempts(SPELL)
        assert attempt.code == ("" if column == b"code" else "x = 1")


@pytest.mark.parametrize("name", [b"cod\x1b", b"cod(", b"cod\0"])
def test_a_table_that_nobody_can_read_takes_no_other_with_it(folder: Path, name: bytes) -> None:
    _renamed(folder, b"code", name)
    with pytest.raises(JourneyDamaged) as told:
        figures(folder)
    assert str(told.value).isprintable()
    with Journey.open(folder) as journey:
        assert journey.recovered
        assert journey.history(5) == ("look", "north")
        assert journey.hints_seen(SPELL) == 2


def test_a_version_of_tomorrow_is_left_alone(folder: Path, change: Callable[[str], bytes]) -> None:
    before = change("PRAGMA user_version = 99;")
    with pytest.raises(JourneyTooNew):
        Journey.open(folder)
    assert (folder / "journey.sqlite3").read_bytes() == before


@pytest.mark.parametrize("version", MIGRATIONS)
def test_the_shape_of_every_version_is_known(version: int) -> None:
    known = columns(version)
    assert set(known) <= set(TABLES)
    assert known["attempts"]["seconds"].kinds == (float, int)
    assert known["turns"]["line"].kinds == (str, type(None))
    assert all(key in known[table] for table, key in TABLES.items() if table in known)
