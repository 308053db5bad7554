"""A database that somebody else wrote, read as data and nothing more.

SQLite files carry more than rows: views, triggers, virtual tables, queries that never end. None of
that is run here. Only the tables that a journey has are read, only their known columns, only values
of the right kind, under a limit of work, into a database that this program builds itself.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from oz.saves.database import connect
from oz.saves.errors import JourneyDamaged, JourneyTooNew, printable
from oz.saves.schema import MIGRATIONS, TABLES, migrate
from oz.saves.shape import JSON, columns, good
from oz.tongue import _

_WORK = 2_000
"""Times `_PACE` instructions of SQLite's that one table may take to read."""
_PACE = 100_000
_ROW = 32 << 20
"""Bytes of one row."""
_JSON = 4 << 20
"""Characters of a text that is JSON: read, it takes many times as much."""
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""What a text must not bring along: a terminal would obey it."""


def rebuild(source: Path, target: Path, named: Path) -> tuple[int, int]:
    """Build the journey's database `target` from the rows of `source`; how many turns and attempts
    came along. `named`: what to call the source in messages.

    Raises `JourneyDamaged` and `JourneyTooNew`.
    """
    came: dict[str, int] = {}
    with closing(connect(target)) as database:
        migrate(database, target.parent)
        database.execute("BEGIN IMMEDIATE")
        for table in TABLES:
            names = list(columns(max(MIGRATIONS))[table])
            came[table] = database.executemany(  # row by row: nobody knows how many there are
                f"INSERT OR IGNORE INTO {table} ({', '.join(names)})"  # noqa: S608  names of ours
                f" VALUES ({', '.join('?' * len(names))})",
                _read(source, table, named),
            ).rowcount
        database.execute("COMMIT")
        database.execute("PRAGMA journal_mode = DELETE")
    if came["turns"] < 1:
        raise JourneyDamaged(
            _("There is no journey in {named}: nobody ever played it.").format(named=named)
        )
    return came["turns"], max(0, came["attempts"])


def _read(source: Path, table: str, named: Path) -> Iterator[tuple[object, ...]]:
    """`_rows`; raises `JourneyDamaged` where they cannot be read."""
    try:
        yield from _rows(source, table)
    except (sqlite3.Error, OverflowError, UnicodeError, MemoryError) as error:
        raise JourneyDamaged(
            _("The journey in {named} cannot be read ({error}).").format(
                named=named, error=printable(error)
            )
        ) from error


def _rows(source: Path, table: str) -> Iterator[tuple[object, ...]]:
    """The good rows of `table`, each a tuple in the order of its columns."""
    wanted = columns(max(MIGRATIONS))[table]
    uri = f"{source.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as database:
        _tame(database)
        _check_version(database, source)
        if not _is_plain_table(database, table):
            return
        there = {row[1] for row in database.execute(f"PRAGMA table_info({table})")}
        if not set(wanted) <= there:
            return
        database.set_authorizer(_only_reading)
        for row in database.execute(f"SELECT {', '.join(wanted)} FROM {table}"):  # noqa: S608
            named = dict(zip(wanted, row, strict=True))
            if _short(named) and good(table, named):
                yield row


def _tame(database: sqlite3.Connection) -> None:
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _ROW)
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA cell_size_check = ON")
    work = iter(range(_WORK))
    database.set_progress_handler(lambda: next(work, None) is None, _PACE)
    database.text_factory = lambda raw: _CONTROLS.sub("", raw.decode("utf-8", "replace"))


def _check_version(database: sqlite3.Connection, source: Path) -> None:
    have = int(database.execute("PRAGMA user_version").fetchone()[0])
    if have > max(MIGRATIONS):
        raise JourneyTooNew(
            _(
                "The journey in {name} was played with a newer Oz. Bring Oz up to date first."
            ).format(name=source.name)
        )


def _is_plain_table(database: sqlite3.Connection, table: str) -> bool:
    """Whether `table` is a table with rows of its own: no view, nothing virtual or worked out."""
    found = database.execute(
        "SELECT type, rootpage, sql FROM sqlite_master WHERE name = ?", (table,)
    ).fetchone()
    if found is None or found[0] != "table" or not found[1]:
        return False
    hidden = database.execute(f"PRAGMA table_xinfo({table})").fetchall()
    return not any(column[6] for column in hidden)


def _only_reading(action: int, *_: object) -> int:
    allowed = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)
    return sqlite3.SQLITE_OK if action in allowed else sqlite3.SQLITE_DENY


def _short(row: Mapping[str, object]) -> bool:
    return all(len(row[name]) <= _JSON for name in JSON if isinstance(row.get(name), str))  # type: ignore[arg-type]
