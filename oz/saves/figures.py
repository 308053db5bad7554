"""A journey in figures: time, attempts, what was hard. Only looks, also while the game is open.

Counts what the journey kept; what a spell or a stage is called is for others to say.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from oz.saves.database import NEWEST_STATE, looking
from oz.saves.shape import seconds
from oz.saves.tally import Counted, tally


@dataclass(frozen=True, slots=True)
class SpellFigures:
    """What one spell took."""

    spell: str
    casts: int
    before_pass: int
    """Casts that did not pass before the first that did; all of them where none did."""
    passed_at: str | None
    """ISO time of the first pass (UTC)."""
    first_at: str
    """ISO time of the first cast (UTC)."""
    seconds: float
    """Wall-clock time that its runs took."""
    hints: int
    mistakes: tuple[tuple[str, int], ...]
    """Known mistakes that were met, the most frequent first."""
    ended: tuple[tuple[str, int], ...] = ()
    """How the casts ended that did not pass (reasons), the most frequent first."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a whole journey took."""

    played: float
    """Seconds, long pauses left out."""
    turns: int
    begun: str
    """ISO time (UTC); empty where it is not known."""
    spells: tuple[SpellFigures, ...]
    """Those that were cast, in the order of their first cast."""
    stages: tuple[tuple[str, float], ...] = ()
    """How `played` falls to the stages, in the order in which they were begun: by what time it was
    at each turn, so it is near, not exact."""
    days: tuple[date, ...] = ()
    """The days on which something was done, where the player is, in order."""
    proven: tuple[str, ...] = ()
    """Stages that were proven instead of walked, in the order of their names."""


def figures(folder: Path) -> Figures:
    """The journey in `folder` in figures. Raises `oz.saves.SavesError` where it cannot be read."""
    with looking(folder) as database:
        meta = dict(database.execute("SELECT name, value FROM meta"))
        hints = dict(database.execute("SELECT spell, seen FROM hints"))
        counted = tally(database)
        proven = _proven(database)
    played = seconds(meta.get("played"))
    return Figures(
        played=played,
        turns=counted.lines,
        begun=meta.get("created", ""),
        spells=tuple(_spell(id, one, int(hints.get(id, 0))) for id, one in counted.spells.items()),
        stages=tuple(_shares(counted.spent, played)),
        days=tuple(sorted(counted.days)),
        proven=proven,
    )


def answers(folder: Path) -> dict[str, str]:
    """The newest code that passed, of each spell. Raises `oz.saves.SavesError`."""
    with looking(folder) as database:
        rows = database.execute(
            "SELECT spell, code FROM attempts WHERE id IN"
            " (SELECT max(id) FROM attempts WHERE reason = 'passed' GROUP BY spell)"
        ).fetchall()
    return {str(spell): str(code) for spell, code in rows}


def _proven(database: sqlite3.Connection) -> tuple[str, ...]:
    """What the newest state says of proven stages; nothing where it cannot be read."""
    row = database.execute(NEWEST_STATE).fetchone()
    try:
        found = json.loads(row[0])["proven"] if row else ()
        return tuple(sorted({stage for stage in found if isinstance(stage, str)}))
    except (ValueError, KeyError, TypeError, RecursionError):
        return ()  # a journey may come from a stranger, or from before there was such a thing


def _shares(spent: Mapping[str, float], played: float) -> Iterable[tuple[str, float]]:
    """`played`, parted among the stages as the turns are."""
    whole = sum(spent.values())
    for stage, share in spent.items():
        yield stage, round(share / whole * played, 1) if whole else 0.0


def _spell(id: str, made: Counted, hints: int) -> SpellFigures:
    return SpellFigures(
        spell=id,
        casts=made.casts,
        before_pass=made.before_pass,
        passed_at=made.passed_at,
        first_at=made.first_at,
        seconds=round(made.seconds, 3),
        hints=hints,
        mistakes=_most_first(made.mistakes),
        ended=_most_first(made.ended),
    )


def _most_first(counted: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
