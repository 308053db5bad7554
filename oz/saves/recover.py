"""What is done with a damaged journey: everything readable is saved, the file itself is kept.

The damaged file goes, copied, into ``damaged/``. A new one is built beside it, from every row that
can still be read and from the backups, and takes its place only when it is whole.
"""

from __future__ import annotations

import filecmp
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from oz.saves.database import (
    BACKUPS,
    NAME,
    Damage,
    closing_when_damaged,
    connect,
    sync_folder,
    tolerant,
)
from oz.saves.errors import UNREADABLE, JourneyDamaged
from oz.saves.schema import MIGRATIONS, TABLES, migrate
from oz.saves.shape import columns, conform, mended
from oz.saves.walfile import database_of, holds_pages
from oz.tongue import _

ASIDE = "damaged"
_BESIDE = ("", "-wal", "-shm")
"""What SQLite keeps of one database, as endings of its name."""

Row = Mapping[str, object]


def open_or_recover(folder: Path) -> tuple[sqlite3.Connection, str]:
    """The journey's open database in its newest version, and what had to be done for it (empty:
    nothing).

    Raises `JourneyDamaged` when neither the file nor a backup gives anything back; the file is
    then left as it is.
    """
    path = folder / NAME
    lost = not path.exists() or path.stat().st_size == 0
    if not lost or not (_backups(folder) or holds_pages(_of(folder, "-wal"))):
        try:
            return _opened(folder), ""
        except Damage:
            pass
    return _recover(folder)


def _opened(folder: Path) -> sqlite3.Connection:
    """The database, brought up to date. Raises `Damage` where it is not what it should be."""
    database = connect(folder / NAME, conform)
    with closing_when_damaged(database):
        migrate(database, folder)
    return database


def set_aside(folder: Path) -> Path:
    """Move what is left of the journey's database into ``damaged/``, so that it can begin anew.

    Its backups go with it; drafts and models stay. Gives the folder it lies in now.
    """
    aside = _aside(folder)
    for path in [_of(folder, end) for end in _BESIDE]:
        if path.exists():
            path.rename(aside / path.name)
    for path in _backups(folder):
        path.rename(aside / path.name)
    return aside


def _recover(folder: Path) -> tuple[sqlite3.Connection, str]:
    aside = _copied_aside(folder)
    fresh = folder / "recovering.sqlite3"
    # what a recovery had made that was killed holds what the damaged file may have lost since
    rows = _gather(folder, [aside / NAME, fresh, *_backups(folder)])
    if not any(rows.values()):
        shutil.rmtree(aside)
        raise JourneyDamaged(
            _(
                "The journey '{name}' is damaged, and nothing in {folder} or its backups can "
                "be read. It was left as it is, and so were your drafts. Begin another "
                "journey, or move that file away to begin this one anew with the same drafts."
            ).format(name=folder.name, folder=folder / NAME)
        )
    for end in ("", "-journal", *_BESIDE[1:]):
        fresh.with_name(fresh.name + end).unlink(missing_ok=True)
    _build(fresh, folder, rows)
    for path in [_of(folder, end) for end in _BESIDE if end]:
        path.unlink(missing_ok=True)
    fresh.replace(folder / NAME)
    sync_folder(folder)
    return _opened(folder), (
        _(
            "The file of this journey was damaged. What could be read was put together "
            "again: {count} turns and {count2} attempts. The damaged file is kept in "
            "{aside}."
        ).format(count=len(rows["turns"]), count2=len(rows["attempts"]), aside=aside)
    )


def _copied_aside(folder: Path) -> Path:
    """The folder in which the damaged files lie, copied; the one of a recovery that was killed,
    where it holds just these."""
    damaged = [path for path in (_of(folder, end) for end in _BESIDE) if path.exists()]
    for aside in sorted(filter(Path.is_dir, (folder / ASIDE).glob("*"))):
        if {path.name for path in damaged} == {path.name for path in aside.iterdir()} and all(
            filecmp.cmp(path, aside / path.name, shallow=False) for path in damaged
        ):
            return aside
    aside = _aside(folder)
    for path in damaged:
        shutil.copy2(path, aside / path.name)
    return aside


def _gather(folder: Path, sources: Iterable[Path]) -> dict[str, dict[object, Row]]:
    """Rows by table and key, of each the first that is found in `sources`, newest first."""
    found: dict[str, dict[object, Row]] = {table: {} for table in TABLES}
    with tempfile.TemporaryDirectory(prefix=".writing-", dir=folder) as work:
        for source in sources:
            # read a copy: SQLite may write into what it opens
            for end in _BESIDE:
                beside = source.with_name(source.name + end)
                if beside.exists():
                    shutil.copy2(beside, Path(work) / (NAME + end))
            _salvage(Path(work) / NAME, found)
            for left in Path(work).iterdir():
                left.unlink()
    return found


def _salvage(path: Path, found: dict[str, dict[object, Row]]) -> None:
    log = path.with_name(path.name + "-wal")
    if (not path.exists() or not path.stat().st_size) and log.exists():
        if not database_of(log, path):
            return
        log.unlink()
    if not path.exists():
        return
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        tolerant(database).execute("PRAGMA writable_schema = ON")  # read past what is malformed
        for table, key in TABLES.items():
            # not '*': the name of a column may be damaged, and then all of them are refused
            there = {str(row["name"]) for row in _readable(database, f"PRAGMA table_info({table})")}
            names = ", ".join(name for name in columns(max(MIGRATIONS))[table] if name in there)
            # from both ends, since a bad page stops the reading
            for order in ("ASC", "DESC"):
                query = f"SELECT {names} FROM {table} ORDER BY {key} {order}"  # noqa: S608
                for row in _readable(database, query):
                    if (whole := mended(table, row)) is not None:
                        found[table].setdefault(whole[key], whole)


def _readable(database: sqlite3.Connection, query: str) -> Iterator[Row]:
    try:
        cursor = database.execute(query)
        names = [column[0] for column in cursor.description]
        for row in cursor:
            yield dict(zip(names, row, strict=True))
    except (*UNREADABLE, OverflowError):
        return


def _build(path: Path, folder: Path, rows: Mapping[str, Mapping[object, Row]]) -> None:
    with closing(connect(path)) as database:
        migrate(database, folder)
        database.execute("BEGIN IMMEDIATE")
        for table, found in rows.items():
            for row in found.values():
                _insert(database, table, list(row), list(row.values()))
        database.execute("COMMIT")
        database.execute("PRAGMA journal_mode = DELETE")


def _insert(
    database: sqlite3.Connection, table: str, names: Sequence[str], values: Sequence[object]
) -> None:
    marks = ", ".join("?" * len(names))
    database.execute(
        f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) VALUES ({marks})",  # noqa: S608
        values,
    )


def _of(folder: Path, end: str) -> Path:
    return folder / (NAME + end)


def _backups(folder: Path) -> list[Path]:
    """Newest first: those of the most turns. The clock may have been set back in between."""
    found = (folder / BACKUPS).glob("*.sqlite3")
    return sorted(found, key=lambda path: (_turns(path), path.stat().st_mtime_ns), reverse=True)


def _turns(path: Path) -> int:
    """How many turns the backup at `path` knows; none where it cannot be read."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            return int(database.execute("SELECT coalesce(max(id), 0) FROM turns").fetchone()[0])
    except (sqlite3.Error, ValueError, TypeError):
        return 0


def _aside(folder: Path) -> Path:
    stamp = f"{datetime.now(UTC):%Y-%m-%dT%H-%M-%S}"
    for number in range(1, 10_000):
        aside = folder / ASIDE / (stamp if number == 1 else f"{stamp}-{number}")
        try:
            aside.mkdir(parents=True)
        except FileExistsError:
            continue
        return aside
    raise JourneyDamaged(
        _("No room for another damaged journey in {folder}.").format(folder=folder / ASIDE)
    )
