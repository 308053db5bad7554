"""The journey's SQLite file: opened, checked, backed up. Knows no table."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from oz.saves.errors import UNREADABLE, JourneyDamaged, damaged, in_words, printable
from oz.tongue import _

NAME = "journey.sqlite3"
BACKUPS = "backups"
NEWEST_STATE = (
    "SELECT state FROM turns WHERE undone = 0 AND state IS NOT NULL ORDER BY id DESC LIMIT 1"
)
"""Asks for where the player stands."""


class Damage(Exception):
    """The file is no whole journey. For `oz.saves.recover`; never seen by the player."""


def tolerant(database: sqlite3.Connection) -> sqlite3.Connection:
    """`database`, which gives texts even where their bytes are none: SQLite stores any."""
    database.text_factory = lambda raw: raw.decode("utf-8", "replace")
    return database


def connect(
    path: Path, verify: Callable[[sqlite3.Connection], None] | None = None
) -> sqlite3.Connection:
    """Open the database at `path`, ready for one transaction per turn.

    `verify` raises `Damage` for what it should not hold; until then nothing is written into it.

    ``synchronous=NORMAL``: what was committed is the system's before it is shown, so a killed game
    loses nothing; a power cut may take the newest turns, never the file. Waiting for the disk at
    every commit was measured at 0.4 ms on an idle one and 8 to 16 on a busy one, which a typed
    line should not have to bear. A backup, a draft and the end of a game do wait.
    Raises `Damage`, and `sqlite3.OperationalError` where nothing can be written.
    """
    verified = _verified(path, verify)
    database = tolerant(sqlite3.connect(path, isolation_level=None))
    with closing_when_damaged(database):
        if not verified:
            _verify(database, verify)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
    return database


@contextmanager
def closing_when_damaged(database: sqlite3.Connection) -> Iterator[None]:
    """Closes `database` when something goes wrong within. Raises `Damage` where that is what it
    is."""
    try:
        yield
    except BaseException as error:
        database.close()
        if isinstance(error, UNREADABLE) and damaged(error):
            raise Damage(str(error)) from error
        raise


def _verified(path: Path, verify: Callable[[sqlite3.Connection], None] | None) -> bool:
    """Whether the database at `path` was seen to be sound by looking only: where it is not, closing
    it would else write what its log holds into it. Raises `Damage`."""
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as looked_at:
            _verify(looked_at, verify)
            return True
    except UNREADABLE as error:
        if damaged(error):
            raise Damage(str(error)) from error
        return False  # there is something that must be written first, or nothing can be


def _verify(
    database: sqlite3.Connection, verify: Callable[[sqlite3.Connection], None] | None
) -> None:
    check(tolerant(database))
    if verify is not None:
        verify(database)


def check(database: sqlite3.Connection) -> None:
    """Raises `Damage` unless every page of the open database is sound."""
    try:
        found = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except UNREADABLE as error:
        if damaged(error):
            raise Damage(str(error)) from error
        raise
    if found != "ok":
        raise Damage(found)


def back_up(database: sqlite3.Connection, target: Path) -> None:
    """Copy the open database to `target` whole or not at all, replacing an older copy."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = unfinished(target)
    for end in ("", "-journal", "-wal", "-shm"):  # of a game that was killed in here
        partial.with_name(partial.name + end).unlink(missing_ok=True)
    with closing(sqlite3.connect(partial, isolation_level=None)) as copy:
        database.backup(copy)
        # a backup is one file: no write-ahead log may lie beside it
        copy.execute("PRAGMA journal_mode = DELETE")
    partial.replace(target)


def unfinished(target: Path) -> Path:
    """What a backup to `target` is called until it is whole."""
    return target.with_name(target.name + ".partial")


def sound(path: Path) -> bool:
    """Whether `path` is a whole database with something in it. Reads, never writes."""
    if not path.is_file() or path.stat().st_size == 0:
        return False
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
            check(database)
            return True
    except (Damage, *UNREADABLE):
        return False


def sync_folder(folder: Path) -> None:
    """Have the names in `folder` reach the disk, where the system can do that."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def looking(folder: Path) -> Iterator[sqlite3.Connection]:
    """The database of the journey in `folder`, to be read and not written: it may be open in
    another game, which then has seen that it is sound; else that is seen here. Raises
    `oz.saves.SavesError`."""
    from oz.saves.lock import holder
    from oz.saves.shape import conform  # made of the schema, which needs this module

    uri = f"{(folder / NAME).absolute().as_uri()}?mode=ro"
    with in_words(folder), closing(sqlite3.connect(uri, uri=True, timeout=5)) as database:
        if holder(folder) is None:
            try:
                conform(tolerant(database))
            except Damage as error:
                raise JourneyDamaged(
                    _(
                        "The journey '{name}' is damaged ({error}). Opening it puts right "
                        "what can be."
                    ).format(name=folder.name, error=printable(error))
                ) from error
        yield tolerant(database)
