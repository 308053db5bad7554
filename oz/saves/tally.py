"""What is counted of a journey's turns and attempts, carried on from one look to the next.

A long journey has tens of thousands of rows, which nobody wants to wait for each time: what was
counted once is remembered, in memory alone, and only newer rows are read. Rows are never changed
but for where stages began, and that is checked.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

_PAUSE, _AWAY = 300.0, 3600.0
"""Seconds between two turns of which no more count, and after which somebody was not there."""


@dataclass(slots=True)
class Counted:
    """The casts of one spell."""

    first_at: str
    casts: int = 0
    before_pass: int = 0
    passed_at: str | None = None
    seconds: float = 0.0
    mistakes: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)
    """How casts ended that did not pass."""


@dataclass(slots=True)
class Tally:
    """What was counted so far."""

    file: object
    """Which database it was counted in."""
    turn: int = 0
    """The newest turn that is in it."""
    attempt: int = 0
    lines: int = 0
    """Turns in which something was typed."""
    pins: tuple[tuple[int, str], ...] = ()
    stage: str = ""
    before: datetime | None = None
    minute: str = ""
    spent: dict[str, float] = field(default_factory=dict)
    """Seconds by stage, by what time it was at each turn."""
    days: set[date] = field(default_factory=set)
    """Where the player is."""
    spells: dict[str, Counted] = field(default_factory=dict)
    """In the order of their first cast."""


_last = Tally(None)


def forget() -> None:
    """Count anew next time: something that was counted is called otherwise now."""
    global _last  # noqa: PLW0603  see `tally`
    _last = Tally(None)


def tally(database: sqlite3.Connection) -> Tally:
    """All that is to be counted of the open database. Raises `sqlite3.Error`."""
    global _last  # noqa: PLW0603  one journey is played at a time, so one is remembered
    file = _identity(database)
    if file is None or _last.file != file or _pins(database, _last.turn) != _last.pins:
        _last = Tally(file)
    _count_turns(_last, database)
    _count_attempts(_last, database)
    _last.pins = _pins(database, _last.turn)
    return _last


def _identity(database: sqlite3.Connection) -> object:
    """Tells one journey's database from another's, and from one that was put in its place."""
    [(_, _, path)] = database.execute("PRAGMA database_list").fetchall()[:1]
    at = database.execute("SELECT value FROM meta WHERE name = 'created'").fetchone()
    first = database.execute("SELECT min(id), min(at) FROM (SELECT id, at FROM turns LIMIT 1)")
    shrunk = database.execute(
        "SELECT (SELECT max(id) FROM turns) < ? OR (SELECT max(id) FROM attempts) < ?",
        (_last.turn, _last.attempt),
    ).fetchone()[0]
    return None if shrunk else (path, at, first.fetchone())


def _pins(database: sqlite3.Connection, newest: int) -> tuple[tuple[int, str], ...]:
    rows = database.execute(
        "SELECT id, pin FROM turns WHERE pin IS NOT NULL AND id <= ? ORDER BY id", (newest,)
    )
    return tuple((int(turn), str(pin)) for turn, pin in rows)


def _count_turns(made: Tally, database: sqlite3.Connection) -> None:
    rows = database.execute(
        "SELECT id, at, line IS NOT NULL, pin FROM turns WHERE id > ? ORDER BY id", (made.turn,)
    )
    for turn, at, typed, pin in rows:
        made.turn = turn
        made.lines += typed
        try:
            moment = datetime.fromisoformat(at)
            if at[:16] != made.minute:
                made.minute = at[:16]
                made.days.add(moment.astimezone().date())
            gap = (moment - made.before).total_seconds() if made.before is not None else 0.0
        except (TypeError, ValueError, OverflowError, OSError):
            continue  # a journey may come from a stranger
        made.before = moment
        if made.stage:  # what was typed at the end of the gap was thought out in the stage before
            counted = min(gap, _PAUSE) if 0 < gap < _AWAY else 0.0
            made.spent[made.stage] = made.spent.get(made.stage, 0.0) + counted
        made.stage = pin if pin is not None else made.stage


def _count_attempts(made: Tally, database: sqlite3.Connection) -> None:
    rows = database.execute(
        "SELECT id, spell, at, reason, mistake, seconds FROM attempts"
        " WHERE id > ? AND reason IS NOT NULL ORDER BY id",
        (made.attempt,),
    )
    for id, spell, at, reason, mistake, seconds in rows:
        made.attempt = id
        counted = made.spells.get(spell)
        if counted is None:
            counted = made.spells[spell] = Counted(first_at=at)
        counted.casts += 1
        counted.seconds += seconds
        if reason == "passed":
            counted.passed_at = counted.passed_at or at
        else:
            counted.before_pass += counted.passed_at is None
            counted.ended[reason] += 1
        if mistake:
            counted.mistakes[mistake] += 1
