"""A journey in figures: time, attempts, what was hard. Only looks, also while the game is open.

Counts what the journey kept; what a spell or a stage is called is for others to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from oz.saves.database import looking


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
    cast: dict[str, list[tuple[str, str, str | None, float]]] = {}
    for spell, at, reason, mistake, seconds in rows:
        cast.setdefault(spell, []).append((at, reason, mistake, seconds))
    return Figures(
        played=_number(meta.get("played", "0")),
        turns=int(turns),
        begun=meta.get("created", ""),
        spells=tuple(_spell(id, made, int(hints.get(id, 0))) for id, made in cast.items()),
    )


def answers(folder: Path) -> dict[str, str]:
    """The newest code that passed, of each spell. Raises `oz.saves.SavesError`."""
    with looking(folder) as database:
        rows = database.execute(
            "SELECT spell, code FROM attempts WHERE reason = 'passed' ORDER BY id"
        ).fetchall()
    return {str(spell): str(code) for spell, code in rows}


def _spell(id: str, made: list[tuple[str, str, str | None, float]], hints: int) -> SpellFigures:
    passes = [place for place, (_, reason, _, _) in enumerate(made) if reason == "passed"]
    met: dict[str, int] = {}
    for _, _, mistake, _ in made:
        if mistake:
            met[mistake] = met.get(mistake, 0) + 1
    return SpellFigures(
        spell=id,
        casts=len(made),
        before_pass=passes[0] if passes else len(made),
        passed_at=made[passes[0]][0] if passes else None,
        first_at=made[0][0],
        seconds=round(sum(seconds for _, _, _, seconds in made), 3),
        hints=hints,
        mistakes=tuple(sorted(met.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def _number(text: str) -> float:
    try:
        return max(0.0, float(text))
    except ValueError:
        return 0.0
