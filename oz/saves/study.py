"""What a journey keeps of its review: how well each card is known, and every answer given.

How well a card is known is JSON text here; what it means is `oz.study`'s business. Cards that the
lessons no longer have stay, in case they come back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from oz.saves.database import looking


@dataclass(frozen=True, slots=True)
class Studied:
    """The review of one journey."""

    cards: Mapping[str, str]
    """By id, what is kept of each card, JSON."""
    ratings: tuple[tuple[str, int], ...]
    """Card and rating of every answer, oldest first."""
    passes: Mapping[str, str]
    """Spells that passed, with the ISO time (UTC) of their first pass."""


def studied(folder: Path) -> Studied:
    """The review of the journey in `folder`. Only looks, also while the game is open. Raises
    `oz.saves.SavesError` where the journey cannot be read."""
    with looking(folder) as database:
        times = passes(database)
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'reviews'").fetchone():
            return Studied({}, (), times)  # written by an older Oz, and not opened since
        rows = database.execute("SELECT card, rating FROM reviews ORDER BY id").fetchall()
        return Studied(cards(database), tuple((str(c), int(r)) for c, r in rows), times)


def passes(database: sqlite3.Connection) -> dict[str, str]:
    """The spells that passed, with the time of the first pass."""
    rows = database.execute(
        "SELECT spell, at, min(id) FROM attempts WHERE reason = 'passed' GROUP BY spell"
    )
    return {str(spell): str(at) for spell, at, _ in rows}


def cards(database: sqlite3.Connection) -> dict[str, str]:
    """What is kept of each card, by its id."""
    return {str(card): str(data) for card, data in database.execute("SELECT card, data FROM cards")}


def keep(database: sqlite3.Connection, kept: Mapping[str, str]) -> None:
    """Keep this of these cards from now on. Inside a transaction."""
    database.executemany(
        "INSERT OR REPLACE INTO cards (card, data) VALUES (?, ?)", list(kept.items())
    )


def add(database: sqlite3.Connection, at: str, card: str, rating: int, answer: str) -> None:
    """Note an answer. Inside a transaction."""
    database.execute(
        "INSERT INTO reviews (at, card, rating, answer) VALUES (?, ?, ?, ?)",
        (at, card, rating, answer),
    )


def rename(database: sqlite3.Connection, old: str, new: str) -> None:
    """What was answered to the card `old` was answered to `new`. Inside a transaction."""
    database.execute("UPDATE OR IGNORE cards SET card = ? WHERE card = ?", (new, old))
    database.execute("UPDATE reviews SET card = ? WHERE card = ?", (new, old))
