"""Where a journey stands, as plain frozen data that turns into JSON and back.

Undo keeps the last of these. Nothing here knows a file, a clock or chance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class State:
    """Everything that changes in the story."""

    room: str
    places: Mapping[str, str] = field(default_factory=dict)
    """Where things are that are no longer where the world put them."""
    flags: frozenset[str] = frozenset()
    passed: frozenset[str] = frozenset()
    """Spells."""
    visited: frozenset[str] = frozenset()
    examined: frozenset[str] = frozenset()
    talked: frozenset[str] = frozenset()
    """``character.topic``."""
    opened: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    """Things that start open and were closed."""
    told: Mapping[str, int] = field(default_factory=dict)
    """How often a text was told, by key: chooses the telling."""
    fired: frozenset[str] = frozenset()
    """Rules with ``once`` that have fired; stages that were announced."""
    scored: Mapping[str, int] = field(default_factory=dict)
    """Points by what they were given for."""
    journal: tuple[str, ...] = ()
    """Keys of journal texts, in order."""
    turns: int = 0
    mode: str = "verbose"
    """``verbose``, ``brief`` or ``superbrief``."""
    it: str | None = None
    him: str | None = None
    her: str | None = None
    them: tuple[str, ...] = ()
    last_line: str = ""
    """For 'again'."""
    unknown_word: str = ""
    """For 'oops'."""
    pending: Mapping[str, object] = field(default_factory=dict)
    """The question the game has asked and waits for, as plain JSON data; empty: none."""
    desk: str | None = None
    """The spell whose desk is open, so that 'run', 'hint' and 'show' know which is meant."""

    @property
    def score(self) -> int:
        return sum(self.scored.values())
