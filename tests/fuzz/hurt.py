"""What may happen to a journey's folder: a bad disk, a half copy, a hand in its database."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from oz.saves.errors import UNREADABLE
from oz.saves.schema import TABLES
from tests.fuzz import damage

DATABASE = "journey.sqlite3"


def hurt(folder: Path, chance: random.Random) -> None:
    """Damage something in the journey's folder."""
    database = folder / DATABASE
    match chance.randrange(12):
        case 0 | 1 | 2 | 3:
            if database.is_file():
                of = damage.of_pages if chance.random() < 0.6 else damage.of_bytes
                database.write_bytes(of(database.read_bytes(), chance))
        case 4 | 5 | 6:
            change_values(database, chance)
        case 7:
            beside = folder / f"{DATABASE}{chance.choice(('-wal', '-shm', '-journal'))}"
            beside.write_bytes(chance.randbytes(chance.choice((0, 32, 5000))))
        case 8:
            for backup in sorted(folder.rglob("backups/*.sqlite3")):
                backup.write_bytes(damage.of_pages(backup.read_bytes(), chance))
        case 9:
            name = chance.choice((DATABASE, "spells", "models", "backups", "damaged", "lock"))
            target = folder / name
            if target.is_dir() and not target.is_symlink():
                shutil.rmtree(target)
            else:
                target.unlink(missing_ok=True)
            odd_entry(target, chance)
        case 10:
            if database.is_file():
                database.write_bytes(b"" if chance.random() < 0.5 else chance.randbytes(9000))
        case _:
            for draft in sorted(folder.glob("spells/*/*.py")):
                draft.write_bytes(damage.of_bytes(draft.read_bytes(), chance))


def odd_entry(path: Path, chance: random.Random) -> None:
    """Something at `path` that does not belong there, or nothing."""
    match chance.randrange(6):
        case 0:
            path.mkdir()
        case 1:
            path.symlink_to(path.name)  # leads to itself
        case 2:
            path.symlink_to(path.parent / "nothing" / "here")
        case 3:
            path.write_bytes(chance.randbytes(100))
        case 4:
            path.mkdir()
            (path / "x.sqlite3").mkdir()
        case _:
            return


_ODD_CELLS: tuple[object, ...] = (
    None, "", "x", 0, -1, 2**62, 1.5, float("inf"), b"\xff\x00", "\0", "nan", "inf", "1e400",
    "null", "[]", "{}", "9" * 5000, "[" * 5000, "2026-13-45T99:99:99", "kansas/gone", "passed",
    "é" * 3000,
)  # fmt: skip
_SCHEMA = "PRAGMA writable_schema = ON; UPDATE sqlite_master"
_STRUCTURE = (
    "DROP TABLE {table}", "ALTER TABLE {table} RENAME TO other", "DELETE FROM {table}",
    "ALTER TABLE {table} ADD COLUMN more TEXT", "PRAGMA user_version = {number}",
    "CREATE VIEW more AS SELECT * FROM {table}",
    f"{_SCHEMA} SET sql = replace(sql, 'NOT NULL', '') WHERE name = '{{table}}'",
    "CREATE TRIGGER evil AFTER INSERT ON turns BEGIN DELETE FROM attempts; END",
    f"{_SCHEMA} SET sql = 'CREATE TABLE {{table}} (x' WHERE name = '{{table}}'",
    f"{_SCHEMA} SET rootpage = {{number}} WHERE name = '{{table}}'",
    "PRAGMA encoding = 'UTF-16'; VACUUM",
    "PRAGMA application_id = {number}", "PRAGMA auto_vacuum = FULL; VACUUM",
    "PRAGMA page_size = 512; VACUUM", "PRAGMA journal_mode = DELETE",
)  # fmt: skip


def change_values(database: Path, chance: random.Random) -> None:
    """Change what stands in the tables, or the tables: a whole database with odd things in it."""
    if not database.is_file():
        return
    with suppress(*UNREADABLE), closing(sqlite3.connect(database)) as opened:
        opened.execute("PRAGMA ignore_check_constraints = ON")
        tables = list(TABLES)
        if chance.random() < 0.25:
            sql = chance.choice(_STRUCTURE)
            number = chance.choice((-1, 0, 1, 2, 3, 4, 99, 2**31 - 1))
            opened.executescript(sql.format(table=chance.choice(tables), number=number))
            return
        table = chance.choice((*tables, "turns", "turns", "meta", "meta"))
        columns = [row[1] for row in opened.execute(f"PRAGMA table_info({table})")]
        if not columns:
            return
        column = chance.choice(columns)
        rows = opened.execute(f"SELECT {TABLES[table]}, {column} FROM {table}").fetchall()
        if not rows:
            return
        key, old = rows[-1] if chance.random() < 0.5 else chance.choice(rows)
        new = chance.choice(_ODD_CELLS)
        if isinstance(old, str) and old.startswith(("{", "[")) and chance.random() < 0.7:
            new = damage.of_json(old, chance).encode("utf-8", "replace").decode()
        elif isinstance(old, str) and chance.random() < 0.3:
            # what is no text is written as one: SQLite takes any bytes
            bad = chance.choice((b"\xff\xfe", b"a\x80b", b"\xed\xa0\x80", b"\xc3"))
            where = f"WHERE {TABLES[table]} = ?"
            opened.execute(f"UPDATE {table} SET {column} = CAST(? AS TEXT) {where}", (bad, key))
            opened.commit()
            return
        every = chance.random() < 0.2 and column != TABLES[table]
        where, values = ("", (new,)) if every else (f"WHERE {TABLES[table]} = ?", (new, key))
        opened.execute(f"UPDATE OR REPLACE {table} SET {column} = ? {where}", values)
        opened.commit()


def changed_inside(data: bytes, place: Path, chance: random.Random) -> bytes:
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    (place / DATABASE).write_bytes(data)
    for _ in range(chance.choice((1, 1, 3))):
        change_values(place / DATABASE, chance)
    return (place / DATABASE).read_bytes()
