"""A journey keeps its turns, goes back over them, and remembers attempts and hints."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from oz.saves import Attempt, Journey, JourneyTooNew, JourneyUnwritable
from oz.saves.journey import UNDO
from oz.saves.schema import MIGRATIONS, migrate
from oz.saves.study import studied

NEXT = max(MIGRATIONS) + 1
"""A version that nobody has written yet."""


@pytest.fixture
def journey(tmp_path):
    with Journey.open(tmp_path / "dorothy", game="1") as journey:
        yield journey


def state(number):
    return json.dumps({"turns": number})


def play(journey, *lines):
    for number, line in enumerate(lines, 1):
        journey.add_turn(line, f"answer to {line}", state(number), step=True)


def test_a_new_journey_is_nowhere(journey):
    assert journey.state is None
    assert journey.undo() is None
    assert journey.history(500) == ()
    assert journey.meta("game") == "1"
    assert journey.meta("created")


def test_the_folder_holds_what_it_says(journey):
    assert {path.name for path in journey.folder.iterdir()} >= {
        "journey.sqlite3", "spells", "models", "lock",
    }  # fmt: skip


def test_turns_are_there_after_reopening(tmp_path):
    with Journey.open(tmp_path / "a") as journey:
        journey.add_turn(None, "The wind rises.", state(0))
        play(journey, "look", "north")
    with Journey.open(tmp_path / "a") as journey:
        assert journey.state == state(2)
        assert [(turn.line, turn.answer) for turn in journey.turns()] == [
            (None, "The wind rises."),
            ("look", "answer to look"),
            ("north", "answer to north"),
        ]
        assert journey.history(500) == ("look", "north")
        assert journey.history(1) == ("north",)


def test_answer_grows_with_output_that_comes_later(journey):
    turn = journey.add_turn("examine stones", "Seven.", state(1))
    journey.add_answer(turn, "\n\ntensor([0, 1])")
    assert [turn.answer for turn in journey.turns()] == ["Seven.\n\ntensor([0, 1])"]


def test_undo_goes_back_again_and_again_and_crosses_reopening(tmp_path):
    with Journey.open(tmp_path / "a") as journey:
        journey.add_turn(None, "", state(0))
        play(journey, "n", "e")
        journey.add_turn("score", "0", state(2))
        assert journey.undo() == ("e", state(1))
        journey.add_turn("undo", "", state(1))
        assert journey.state == state(1)
    with Journey.open(tmp_path / "a") as journey:
        assert journey.undo() == ("n", state(0))
        journey.add_turn("undo", "", state(0))
        assert journey.undo() is None
        assert journey.state == state(0)
        journey.add_turn("w", "", state(7), step=True)
        assert journey.undo() == ("w", state(0))


def test_only_the_newest_states_are_kept_but_pinned_ones_stay(journey):
    first = journey.add_turn(None, "", state(0), pin="kansas")
    second = journey.add_turn("n", "", state(1), step=True)
    for number in range(UNDO):
        journey.add_turn("s", "", state(number), step=True)
    assert journey.state_at(first) == state(0)
    assert journey.state_at(second) is None
    assert [pin.stage for pin in journey.pins()] == ["kansas"]


def test_a_transaction_is_all_or_nothing(journey):
    journey.add_turn(None, "", state(0))

    def broken_off():
        with journey.transaction():
            journey.add_turn("n", "", state(1), step=True)
            journey.see_hints("a/b", 1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken_off()
    assert journey.state == state(0)
    assert journey.hints_seen("a/b") == 0


def test_attempts_keep_code_and_verdict(journey):
    spell = "munchkins/first-stones"
    assert (
        journey.add_attempt(Attempt(spell, "x = 1", "failed", "off-by-one", 0.1, '{"a": 1}')) == 1
    )
    journey.add_attempt(Attempt(spell, "put aside", None))
    assert journey.add_attempt(Attempt(spell, "x = 2", "passed")) == 2
    assert journey.casts("munchkins/other") == 0
    assert [a.code for a in journey.attempts(spell)] == ["x = 1", "put aside", "x = 2"]
    assert journey.attempts(spell)[0].mistake == "off-by-one"
    assert journey.tried() == {spell: True}


def test_hints_are_never_unseen(journey):
    journey.see_hints("a/b", 2)
    journey.see_hints("a/b", 1)
    assert journey.hints_seen("a/b") == 2


def test_lone_surrogates_do_no_harm(journey):
    journey.add_turn("say \udcff", "\ud800", state(1))
    journey.add_attempt(Attempt("a/b", "\udc80", "error"))
    assert journey.history(1) == ("say ?",)


@pytest.mark.parametrize("version", range(1, NEXT))
def test_an_older_journey_is_brought_up_to_date(tmp_path, version):
    """The file of each version is a fixture, so that every later version must read it."""
    folder = tmp_path / "old"
    folder.mkdir()
    with closing(sqlite3.connect(folder / "journey.sqlite3")) as database:
        database.executescript(
            (Path(__file__).parent / f"version_{version}.sql").read_text("utf-8")
        )
    with Journey.open(folder) as journey:
        assert journey.state == '{"room": "kansas/kitchen"}'
        assert journey.undo() == ("north", '{"room": "kansas/yard"}')
        assert journey.casts("kansas/ledger") == 1
        assert journey.hints_seen("kansas/ledger") == 2
        assert journey.meta("created") == "2026-01-01T00:00:00.000+00:00"
        assert ("kansas/what-a-row-is" in journey.cards()) == (version >= 3)
        at = datetime(2026, 1, 9, tzinfo=UTC)
        journey.add_review("kansas/new", "{}", 1, "tensor(3)", at)
        assert journey.cards()["kansas/new"] == "{}"
    assert studied(folder).ratings[-1] == ("kansas/new", 1)


def test_each_migration_leads_to_the_next(tmp_path):
    with closing(sqlite3.connect(tmp_path / "a", isolation_level=None)) as database:
        migrate(database, tmp_path)
        later = {**MIGRATIONS, NEXT: "ALTER TABLE hints ADD COLUMN at TEXT;"}
        migrate(database, tmp_path, later)
        assert database.execute("PRAGMA user_version").fetchone() == (NEXT,)
        assert "at" in [row[1] for row in database.execute("PRAGMA table_info(hints)")]


def test_the_journey_is_backed_up_before_it_is_migrated(tmp_path):
    backups = tmp_path / "backups"
    with closing(sqlite3.connect(tmp_path / "a", isolation_level=None)) as database:
        migrate(database, tmp_path)
        assert not backups.exists()
        database.execute("INSERT INTO hints VALUES ('kansas/scales', 2)")
        migrate(database, tmp_path, {**MIGRATIONS, NEXT: "DELETE FROM hints;"})
    with closing(sqlite3.connect(backups / f"before-version-{NEXT}.sqlite3")) as before:
        assert before.execute("PRAGMA user_version").fetchone() == (NEXT - 1,)
        assert before.execute("SELECT * FROM hints").fetchall() == [("kansas/scales", 2)]


def test_a_migration_that_fails_leaves_the_older_version(tmp_path):
    with closing(sqlite3.connect(tmp_path / "a", isolation_level=None)) as database:
        migrate(database, tmp_path)
        later = {**MIGRATIONS, NEXT: "CREATE TABLE more (id); CREATE TABLE hints (id);"}
        with pytest.raises(sqlite3.OperationalError):
            migrate(database, tmp_path, later)
        database.rollback()
        assert database.execute("PRAGMA user_version").fetchone() == (NEXT - 1,)
        assert not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'more'").fetchall()


def test_a_newer_journey_is_refused_and_left_alone(tmp_path):
    with Journey.open(tmp_path / "a") as journey:
        journey.add_turn(None, "", state(0))
    with closing(sqlite3.connect(tmp_path / "a" / "journey.sqlite3")) as database:
        database.execute("PRAGMA user_version = 99")
    before = (tmp_path / "a" / "journey.sqlite3").read_bytes()
    with pytest.raises(JourneyTooNew, match="newer Oz"):
        Journey.open(tmp_path / "a")
    assert (tmp_path / "a" / "journey.sqlite3").read_bytes() == before


def test_a_full_disk_is_said_and_loses_nothing_that_was_there(journey):
    play(journey, "n")
    database = journey._database
    database.execute(
        f"PRAGMA max_page_count = {database.execute('PRAGMA page_count').fetchone()[0]}"
    )
    with pytest.raises(JourneyUnwritable, match="disk is full"):
        journey.add_turn("e", "x" * 1_000_000, state(2), step=True)
    database.execute("PRAGMA max_page_count = 1000000")
    assert journey.state == state(1)
    journey.add_turn("e", "", state(2), step=True)
    assert journey.state == state(2)


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(JourneyUnwritable, match="cannot be used"):
        Journey.open(tmp_path / "file" / "journey")


def test_closing_twice_is_harmless(tmp_path):
    journey = Journey.open(tmp_path / "a")
    journey.close()
    journey.close()
