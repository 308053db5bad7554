"""A look into a journey that may be open in another game: takes no lock and writes nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from oz.saves.database import NAME, NEWEST_STATE, tolerant


@dataclass(frozen=True, slots=True)
class Glance:
    """Where a journey stands, as far as it can be seen from outside."""

    state: str | None = None
    """The story's state as JSON; `None`: nowhere yet, or it cannot be read."""
    tried: dict[str, bool] = field(default_factory=dict)
    """The spells that were cast, and whether one of the attempts passed."""


def glance(folder: Path) -> Glance:
    """What can be seen of the journey in `folder`; an empty `Glance` where nothing can."""
    try:
        uri = f"{(folder / NAME).absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=1)) as database:
            row = tolerant(database).execute(NEWEST_STATE).fetchone()
            tried = database.execute(
                "SELECT spell, max(reason = 'passed') FROM attempts WHERE reason IS NOT NULL"
                " GROUP BY spell"
            ).fetchall()
    except (sqlite3.Error, ValueError):
        return Glance()
    return Glance(
        None if row is None else str(row[0]), {str(spell): bool(passed) for spell, passed in tried}
    )
