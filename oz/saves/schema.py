"""The tables of a journey, and how an older journey becomes a newer one.

``PRAGMA user_version`` says which version a file has; `MIGRATIONS` leads from each version to the
next. A migration that was released is never changed: a newer one follows it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from oz.saves.database import BACKUPS, back_up
from oz.saves.errors import JourneyTooNew
from oz.tongue import _

MIGRATIONS: Mapping[int, str] = {
    1: """
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE turns (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        line TEXT,                          -- what was typed; NULL: nothing was
        answer TEXT NOT NULL DEFAULT '',    -- what was shown, as text
        state TEXT,                         -- JSON; kept for the newest turns and where pinned
        step INTEGER NOT NULL DEFAULT 0,    -- 1: undo takes this turn back
        undone INTEGER NOT NULL DEFAULT 0,
        pin TEXT                            -- stage that begins here: its state is kept
    );
    CREATE INDEX turns_steps ON turns (id) WHERE step = 1 AND undone = 0;
    CREATE INDEX turns_pins ON turns (id) WHERE pin IS NOT NULL;
    CREATE TABLE attempts (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        spell TEXT NOT NULL,
        code TEXT NOT NULL,
        reason TEXT,                        -- NULL: a draft that was put aside and never cast
        mistake TEXT,
        seconds REAL NOT NULL DEFAULT 0,
        verdict TEXT NOT NULL DEFAULT '{}'
    );
    CREATE INDEX attempts_spell ON attempts (spell, id);
    CREATE TABLE hints (spell TEXT PRIMARY KEY, seen INTEGER NOT NULL) WITHOUT ROWID;
    """,
    2: """
    CREATE TABLE keepsakes (
        id INTEGER PRIMARY KEY,
        spell TEXT NOT NULL,
        number INTEGER NOT NULL,            -- which of the spell's casts, from 1
        passed INTEGER NOT NULL,
        kind TEXT NOT NULL,                 -- curve or picture
        name TEXT NOT NULL,
        data TEXT NOT NULL                  -- JSON
    );
    CREATE INDEX keepsakes_spell ON keepsakes (spell, number);
    """,
    3: """
    CREATE TABLE cards (
        card TEXT PRIMARY KEY,
        data TEXT NOT NULL                  -- JSON: how well it is known, when it is due
    ) WITHOUT ROWID;
    CREATE TABLE reviews (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        card TEXT NOT NULL,
        rating INTEGER NOT NULL,            -- 1 wrong, 2 nearly, 3 right
        answer TEXT NOT NULL                -- as it was typed
    );
    CREATE INDEX attempts_passed ON attempts (spell, id, at) WHERE reason = 'passed';
    """,
    # all that is counted of attempts, so that thousands are counted without reading their code
    4: """
    DROP INDEX IF EXISTS attempts_spell;
    CREATE INDEX attempts_counted ON attempts (spell, id, reason, mistake, seconds, at);
    """,
}
"""SQL that leads to each version from the one before."""

TABLES: Mapping[str, str] = {
    "meta": "name",
    "turns": "id",
    "attempts": "id",
    "hints": "spell",
    "keepsakes": "id",
    "cards": "card",
    "reviews": "id",
}
"""Every table and its primary key."""


def migrate(
    database: sqlite3.Connection, folder: Path, migrations: Mapping[int, str] = MIGRATIONS
) -> None:
    """Bring the open `database` of the journey in `folder` to the newest version.

    Each version is one transaction, so a kill between two leaves a whole older journey; and before
    the first of them the journey is backed up as it was, for the older Oz that may want it again.
    Raises `JourneyTooNew` for a version this program does not know.
    """
    have: int = database.execute("PRAGMA user_version").fetchone()[0]
    newest = max(migrations)
    if have > newest:
        raise JourneyTooNew(
            _(
                "The journey '{name}' was played with a newer Oz (its format is {have}, this "
                "one knows {newest}). Bring Oz up to date to go on with it."
            ).format(name=folder.name, have=have, newest=newest)
        )
    if 0 < have < newest:
        back_up(database, folder / BACKUPS / f"before-version-{newest}.sqlite3")
    for version in range(have + 1, newest + 1):
        # executescript commits what is open before it begins, so the transaction is in the script
        database.executescript(
            f"BEGIN IMMEDIATE; {migrations[version]} PRAGMA user_version = {version}; COMMIT;"
        )
