"""A damaged journey gives back what can be read, and the damaged file is never destroyed."""

import json
import os
import shutil

import pytest

from oz.saves import Attempt, Journey, JourneyDamaged, journeys, set_aside

TURNS = 300


@pytest.fixture
def folder(tmp_path):
    """A journey of some length, backed up at turn 100."""
    folder = tmp_path / "a"
    with Journey.open(folder) as journey:
        for number in range(1, TURNS + 1):
            journey.add_turn(f"line {number}", "words " * 40, json.dumps({"n": number}), step=True)
            if number % 10 == 0:
                journey.add_attempt(Attempt("kansas/ledger", f"eggs = {number}", "failed"))
            if number == 100:
                journey.back_up("kansas")
        journey.see_hints("kansas/ledger", 2)
        draft = journey.draft("kansas", "ledger.py")
        draft.parent.mkdir()
        draft.write_text("eggs = 1\n")
    (folder / "backups" / "last-closed.sqlite3").unlink()
    return folder


def damage(folder, at, data):
    path = folder / "journey.sqlite3"
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)
    return path.read_bytes()


def kept(folder):
    return [path.read_bytes() for path in (folder / "damaged").rglob("journey.sqlite3")]


def test_a_bad_page_costs_little(folder):
    size = (folder / "journey.sqlite3").stat().st_size
    damaged = damage(folder, size // 2, b"\xff" * 4096)
    with Journey.open(folder) as journey:
        assert "damaged" in journey.recovered
        assert f"{folder / 'damaged'}" in journey.recovered
        lines = journey.history(TURNS)
        assert len(lines) > TURNS * 0.8
        assert lines[0] == "line 1"
        assert lines[-1] == f"line {TURNS}"
        assert json.loads(journey.state) == {"n": TURNS}
        assert journey.hints_seen("kansas/ledger") == 2
        journey.add_turn("on we go", "", "{}", step=True)
    assert kept(folder) == [damaged]
    with Journey.open(folder) as journey:
        assert not journey.recovered


def test_a_truncated_file_gives_back_what_is_left(folder):
    path = folder / "journey.sqlite3"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with Journey.open(folder) as journey:
        assert len(journey.history(TURNS)) >= 100
        assert journey.casts("kansas/ledger") >= 10


@pytest.mark.parametrize("junk", [b"this is no database\n" * 999, b"\0" * 9999, b""])
def test_where_nothing_is_left_the_backup_serves(folder, junk):
    (folder / "journey.sqlite3").write_bytes(junk)
    with Journey.open(folder) as journey:
        assert json.loads(journey.state) == {"n": 100}
        assert journey.casts("kansas/ledger") == 10
    assert kept(folder) == [junk]
    assert (folder / "spells" / "kansas" / "ledger.py").read_text() == "eggs = 1\n"


def test_a_missing_file_comes_back_from_the_backup(folder):
    (folder / "journey.sqlite3").unlink()
    with Journey.open(folder) as journey:
        assert json.loads(journey.state) == {"n": 100}


def test_when_nothing_can_be_saved_nothing_is_touched(folder):
    shutil.rmtree(folder / "backups")
    (folder / "journey.sqlite3").write_bytes(b"no database" * 999)
    for _ in range(2):
        with pytest.raises(JourneyDamaged, match="left as it is"):
            Journey.open(folder)
        assert (folder / "journey.sqlite3").read_bytes() == b"no database" * 999
    assert not kept(folder)
    assert journeys(folder.parent)[0].damaged
    aside = set_aside(folder)
    assert (aside / "journey.sqlite3").read_bytes() == b"no database" * 999
    with Journey.open(folder) as journey:
        assert journey.state is None
    assert (folder / "spells" / "kansas" / "ledger.py").read_text() == "eggs = 1\n"


def test_closing_leaves_a_spare_copy(folder):
    with Journey.open(folder) as journey:
        journey.add_turn("last", "", '{"n": 301}', step=True)
    (folder / "journey.sqlite3").write_bytes(b"gone")
    with Journey.open(folder) as journey:
        assert json.loads(journey.state) == {"n": 301}


def test_a_damaged_backup_does_not_stop_the_recovery(folder):
    (folder / "backups" / "zz.sqlite3").write_bytes(b"\xffnonsense" * 99)
    (folder / "journey.sqlite3").write_bytes(b"gone")
    with Journey.open(folder) as journey:
        assert json.loads(journey.state) == {"n": 100}


def test_a_recovery_that_was_killed_loses_nothing(tmp_path, monkeypatch):
    """Also what was only in the log, which has to go before the new file takes its place."""
    folder, game = tmp_path / "a", tmp_path / "game"
    with Journey.open(game) as journey:
        for number in range(TURNS):
            journey.add_turn(f"line {number}", "words " * 40, "{}", step=True)
        journey._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        journey.add_turn("the newest", "", "{}")
        shutil.copytree(game, folder)  # as a kill leaves it: the newest turn is in the log
    damage(folder, (folder / "journey.sqlite3").stat().st_size // 2, b"\xff" * 4096)

    class Killed(BaseException):
        pass

    def kill(path, target):
        raise Killed

    for _ in range(3):
        with monkeypatch.context() as patched:
            patched.setattr(type(folder), "replace", kill)
            with pytest.raises(Killed):
                Journey.open(folder)
    with Journey.open(folder) as journey:
        assert journey.history(TURNS)[-1] == "the newest"
    assert not [path.name for path in folder.iterdir() if "writing" in path.name]
    assert not (folder / "recovering.sqlite3").exists()
    assert len(list((folder / "damaged").iterdir())) <= 2


def copied_while_it_is_played(tmp_path, *ends, turns=TURNS):
    """A folder into which of a game under way only those files of the database were copied."""
    game, folder = tmp_path / "game", tmp_path / "a"
    with Journey.open(game) as journey:
        for number in range(turns):
            journey.add_turn(f"line {number}", "words", "{}", step=True)
        folder.mkdir()
        for end in ends:
            shutil.copy2(game / f"journey.sqlite3{end}", folder)
    return folder


def test_a_log_without_its_database_is_read(tmp_path):
    folder = copied_while_it_is_played(tmp_path, "-wal", turns=20)
    with Journey.open(folder) as journey:
        assert "20 turns" in journey.recovered
        assert journey.history(TURNS)[-1] == "line 19"
        journey.add_turn("on", "", "{}")
    assert (folder / "damaged").is_dir()
    with Journey.open(folder) as journey:
        assert not journey.recovered


def test_an_empty_database_beside_its_log_is_read(tmp_path):
    folder = copied_while_it_is_played(tmp_path, "-wal", "-shm", turns=20)
    (folder / "journey.sqlite3").write_bytes(b"")
    with Journey.open(folder) as journey:
        assert len(journey.history(TURNS)) == 20


def test_the_newer_part_of_a_log_without_its_database_is_left_and_said(tmp_path):
    folder = copied_while_it_is_played(tmp_path, "-wal")
    log = (folder / "journey.sqlite3-wal").read_bytes()
    with pytest.raises(JourneyDamaged, match="left as it is"):
        Journey.open(folder)
    assert (folder / "journey.sqlite3-wal").read_bytes() == log


def test_a_database_without_its_log_gives_what_it_holds(tmp_path):
    folder = copied_while_it_is_played(tmp_path, "")
    with Journey.open(folder) as journey:
        kept = journey.history(TURNS)
        assert list(kept) == [f"line {number}" for number in range(len(kept))]
        journey.add_turn("on", "", "{}")


@pytest.mark.parametrize("junk", [b"", b"junk" * 3000, b"\x37\x7f\x06\x82" + b"\0" * 9000])
def test_a_log_that_is_none_is_set_aside_or_left(tmp_path, junk):
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / "journey.sqlite3-wal").write_bytes(junk)
    try:
        with Journey.open(folder) as journey:
            journey.add_turn("on", "", "{}")
    except JourneyDamaged:
        assert (folder / "journey.sqlite3-wal").read_bytes() == junk


def test_the_newest_backup_is_the_one_of_the_most_turns(folder):
    """Not the one with the latest time: the clock may have been set back."""
    with Journey.open(folder) as journey:
        journey.back_up("road")
    (folder / "journey.sqlite3").write_bytes(b"")
    os.utime(folder / "backups" / "road.sqlite3", (1, 1))
    with Journey.open(folder) as journey:
        assert json.loads(journey.state) == {"n": TURNS}
