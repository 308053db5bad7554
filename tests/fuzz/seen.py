"""What the game may do with a damaged journey, and what must still be there afterwards."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from oz.saves import Journey, SavesError, export, journeys
from oz.saves.figures import answers, figures
from oz.saves.glance import glance
from oz.saves.keepsakes import keepsakes
from oz.saves.lock import holder
from tests.fuzz.hurt import DATABASE


def look_at(folder: Path) -> None:
    """Everything that looks into a journey from outside."""
    for info in journeys(folder.parent):
        assert info.folder == folder
    glance(folder)
    holder(folder)
    for look in (figures, answers, keepsakes):
        with suppress(SavesError):
            look(folder)
    target = folder.parent / "out.oz"
    try:
        export(folder, target)
    except SavesError as error:
        said(error)
        assert not target.exists()
    else:
        target.unlink()


def read(journey: Journey) -> None:
    """All that a journey tells while it is open."""
    _ = journey.state
    for _ in journey.states():
        pass
    for turn in journey.turns():
        assert isinstance(turn.answer, str)
    journey.history(500)
    for pin in journey.pins():
        journey.state_at(pin.turn)
    for spell in journey.tried():
        journey.attempts(spell)
        journey.casts(spell)
        journey.hints_seen(spell)
    journey.meta("summary")


def held(folder: Path) -> bytes | None:
    path = folder / DATABASE
    return path.read_bytes() if path.is_file() else None


def aside(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in (folder / "damaged").rglob(DATABASE)]


def drafts_of(folder: Path) -> dict[Path, bytes]:
    found = (folder / "spells").rglob("*.py") if (folder / "spells").is_dir() else ()
    return {path: path.read_bytes() for path in found if path.is_file()}


def attempts(folder: Path, immutable: int = 1) -> int | None:
    """How many attempts stand in the database; `None` where that cannot be told. `immutable`:
    nothing else has it open, and it stays untouched."""
    if not (folder / DATABASE).is_file() or (immutable and list(folder.glob(f"{DATABASE}-*"))):
        return None
    uri = f"{(folder / DATABASE).as_uri()}?mode=ro&immutable={immutable}"
    with (
        suppress(sqlite3.Error, UnicodeDecodeError),
        closing(sqlite3.connect(uri, uri=True)) as database,
    ):
        if database.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            return None
        return int(database.execute("SELECT count(*) FROM attempts").fetchone()[0])
    return None


def said(error: Exception) -> None:
    """An error that a player reads: words, and no terminal codes."""
    text = str(error)
    assert text.strip(), "an error without a word"
    assert "Traceback" not in text
    assert "\x1b" not in text, "an error that a terminal would obey"
