"""What the rows of a journey are like: the columns of each table and the values that they take.

SQLite keeps any value in any column, so a whole file may still hold what the game never wrote. What
is expected is read off the schema itself, version by version. Rows are checked here, and mended.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from oz.saves.database import Damage
from oz.saves.schema import MIGRATIONS, TABLES
from oz.tongue import _

_KINDS: Mapping[str, tuple[type, ...]] = {"INTEGER": (int,), "TEXT": (str,), "REAL": (float, int)}
_NAMES = {int: "integer", str: "text", float: "real", type(None): "null"}
"""As SQLite's ``typeof`` calls them."""
JSON = {"state": dict, "verdict": dict, "data": dict}
"""Columns whose text is JSON, and what it must hold."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column."""

    kinds: tuple[type, ...]
    """Types of its values; with `NoneType` where it may be empty."""
    spare: object
    """What stands there when nothing is known: `None`, an empty text, the column's default."""
    needed: bool
    """Without a value of its own the row says nothing."""


@cache
def columns(version: int) -> Mapping[str, Mapping[str, Column]]:
    """The columns of every table that a journey of this version has."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as model:
        for step in range(1, version + 1):
            model.executescript(MIGRATIONS[step])
        return {
            table: found
            for table in TABLES
            if (found := dict(map(_column, model.execute(f"PRAGMA table_info({table})"))))
        }


def _column(row: tuple[int, str, str, int, str | None, int]) -> tuple[str, Column]:
    _, name, declared, not_null, default, key = row
    kinds = _KINDS[declared]
    if not not_null and not key:
        return name, Column((*kinds, type(None)), None, needed=False)
    if default is not None:
        spare = default.strip("'") if str in kinds else kinds[0](default)
        return name, Column(kinds, spare, needed=False)
    return name, Column(kinds, "", needed=bool(key) or name not in _MAY_LACK)


_MAY_LACK = ("at", "answer", "verdict", "code")
"""Columns that a row can do without, though the game always writes them."""


def conform(database: sqlite3.Connection) -> None:
    """Raises `Damage` unless the open journey's tables are what its version says they are, with
    values of the right types and with nothing that acts on its own."""
    version = int(database.execute("PRAGMA user_version").fetchone()[0])
    found = dict(database.execute("SELECT name, type FROM sqlite_master WHERE type != 'index'"))
    if acting := {kind for kind in found.values() if kind != "table"}:
        raise Damage(_("there is a {min} in it").format(min=min(acting)))
    if version < 0 or (version == 0 and found):
        raise Damage(_("it does not say which version it has"))
    for table, expected in columns(min(version, max(MIGRATIONS))).items():
        there = {row[1] for row in database.execute(f"PRAGMA table_info({table})")}
        if not expected.keys() <= there:
            raise Damage(_("the table {table} is not whole").format(table=table))
        odd = " OR ".join(f"typeof({name}) NOT IN ({_typed(c)})" for name, c in expected.items())
        if database.execute(f"SELECT 1 FROM {table} WHERE {odd} LIMIT 1").fetchone():  # noqa: S608
            raise Damage(_("the table {table} holds what was never written").format(table=table))


def _typed(column: Column) -> str:
    return ", ".join(f"'{_NAMES[kind]}'" for kind in column.kinds)


def good(table: str, row: Mapping[str, object]) -> bool:
    """Whether every value of `row` is one that the game could have written."""
    expected = columns(max(MIGRATIONS))[table]
    return all(
        type(value) in expected[name].kinds and not _bad_json(name, value)
        for name, value in row.items()
    )


def mended(table: str, row: Mapping[str, object]) -> dict[str, object] | None:
    """`row` with what is wrong in it put right, as far as it matters; `None` where it says nothing.

    Columns that nobody knows are left out, those that are missing get what stands for nothing.
    """
    made: dict[str, object] = {}
    for name, column in columns(max(MIGRATIONS))[table].items():
        value = row.get(name, column.spare)
        if str in column.kinds and isinstance(value, int | float | bytes):
            value = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
        if type(value) not in column.kinds or _bad_json(name, value):
            if column.needed:
                return None
            value = column.spare
        made[name] = value
    return made


def _bad_json(name: str, value: object) -> bool:
    if name not in JSON or not isinstance(value, str):
        return False
    try:
        return not isinstance(json.loads(value), JSON[name])
    except (ValueError, RecursionError):
        return True


def seconds(text: object) -> float:
    """The time that `text` says, as a journey notes it; 0 where it says none."""
    try:
        read = float(str(text))
    except ValueError:
        return 0.0
    return max(0.0, read) if math.isfinite(read) else 0.0


def moment(text: object) -> datetime:
    """The time that `text` says, as a journey notes it, where the player is; the beginning of 1970
    where it says none."""
    try:
        return datetime.fromisoformat(str(text)).astimezone()
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)
