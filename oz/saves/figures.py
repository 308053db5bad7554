"""A journey in figures: time, attempts, what was hard. Only looks, also while the game is open.

Counts what the journey kept; what a spell or a stage is called is for others to say.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from oz.saves.database import looking

_PAUSE, _AWAY = 300.0, 3600.0
"""Seconds between two turns of which no more count, and after which somebody was not there."""


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


def figures(folder: Path) -> Figures:
    """The journey in `folder` in figures. Raises `oz.saves.SavesError` where it cannot be read."""
    with looking(folder) as database:
        meta = dict(database.execute("SELECT name, value FROM meta"))
        turns = database.execute("SELECT count(*) FROM turns WHERE line IS NOT NULL").fetchone()[0]
        hints = dict(database.execute("SELECT spell, seen FROM hints"))
        rows = database.execute(
            "SELECT spell, at, reason, mistake, seconds FROM attempts WHERE reason IS NOT NULL"
            " ORDER BY id"
        ).fetchall()
        times, pins = _times(database)
    played = _number(meta.get("played", "0"))
    cast: dict[str, list[tuple[str, str, str | None, float]]] = {}
    for spell, at, reason, mistake, seconds in rows:
        cast.setdefault(spell, []).append((at, reason, mistake, seconds))
    return Figures(
        played=played,
        turns=int(turns),
        begun=meta.get("created", ""),
        spells=tuple(_spell(id, made, int(hints.get(id, 0))) for id, made in cast.items()),
        stages=tuple(_shares(times, pins, played)),
        days=tuple(sorted({moment.astimezone().date() for _, moment in times})),
    )


def answers(folder: Path) -> dict[str, str]:
    """The newest code that passed, of each spell. Raises `oz.saves.SavesError`."""
    with looking(folder) as database:
        rows = database.execute(
            "SELECT spell, code FROM attempts WHERE id IN"
            " (SELECT max(id) FROM attempts WHERE reason = 'passed' GROUP BY spell)"
        ).fetchall()
    return {str(spell): str(code) for spell, code in rows}


def _times(database: sqlite3.Connection) -> tuple[list[tuple[int, datetime]], dict[int, str]]:
    """When each turn was, and the stages that began, by turn."""
    times = []
    for turn, at in database.execute("SELECT id, at FROM turns ORDER BY id"):
        try:
            times.append((int(turn), datetime.fromisoformat(at)))
        except (TypeError, ValueError):
            continue  # a journey may come from a stranger
    pins = dict(database.execute("SELECT id, pin FROM turns WHERE pin IS NOT NULL").fetchall())
    return times, pins


def _shares(
    times: list[tuple[int, datetime]], pins: dict[int, str], played: float
) -> Iterable[tuple[str, float]]:
    """`played`, parted among the stages as the turns are."""
    spent: dict[str, float] = {}
    stage = ""
    before: datetime | None = None
    for turn, moment in times:
        gap = (moment - before).total_seconds() if before is not None else 0.0
        before = moment
        if stage:  # what was typed at the end of the gap was thought out in the stage before it
            spent[stage] = spent.get(stage, 0.0) + (min(gap, _PAUSE) if 0 < gap < _AWAY else 0.0)
        stage = pins.get(turn, stage)
    whole = sum(spent.values())
    for stage, seconds in spent.items():
        yield stage, round(seconds / whole * played, 1) if whole else 0.0


def _spell(id: str, made: list[tuple[str, str, str | None, float]], hints: int) -> SpellFigures:
    passes = [place for place, (_, reason, _, _) in enumerate(made) if reason == "passed"]
    return SpellFigures(
        spell=id,
        casts=len(made),
        before_pass=passes[0] if passes else len(made),
        passed_at=made[passes[0]][0] if passes else None,
        first_at=made[0][0],
        seconds=round(sum(seconds for _, _, _, seconds in made), 3),
        hints=hints,
        mistakes=_counted(mistake for _, _, mistake, _ in made if mistake),
        ended=_counted(reason for _, reason, _, _ in made if reason != "passed"),
    )


def _counted(words: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(words).items(), key=lambda pair: (-pair[1], pair[0])))


def _number(text: str) -> float:
    try:
        return max(0.0, float(text))
    except ValueError:
        return 0.0
