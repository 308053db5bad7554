"""One journey being played. Both front ends talk only to this.

The session joins the pure story (`oz.story`), the spells and their judging (`oz.spells`), the
crucible and the journey on disk (`oz.saves`). It knows no screen and no torch.

Two journeys through it: a typed line (`Session.submit`) is parsed and stepped, its turn is committed,
then its events are given out. A cast (`Session.cast`) runs the draft in the crucible, streams what
happens, commits the attempt with its code, and tells the story when it passed.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from oz.crucible.api import Crucible
from oz.crucible.model import Event as CrucibleEvent
from oz.spells.model import Spell, Verdict
from oz.story.events import Ask, OpenSpell, StoryEvent
from oz.story.model import World


# --- what a session says besides story events and crucible events -----------------------------------


@dataclass(frozen=True, slots=True)
class Conjured:
    """The real output of a thing's snippet, to be shown where `Conjure` stood."""

    thing: str
    text: str
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """The end of a cast: what the game says of it."""

    verdict: Verdict
    attempt: int
    """1 for the first attempt at this spell."""
    first_pass: bool = False


@dataclass(frozen=True, slots=True)
class DeskOpened:
    """The desk of a spell is to be shown (`OpenSpell`, or resuming)."""

    spell: str


@dataclass(frozen=True, slots=True)
class HintShown:
    spell: str
    number: int
    of: int
    text: str


@dataclass(frozen=True, slots=True)
class EditorWanted:
    """The front end is to open this file in the player's own editor."""

    path: Path


@dataclass(frozen=True, slots=True)
class DraftChanged:
    """The draft was changed on disk by another program. `conflict`: and in the game too."""

    spell: str
    conflict: bool


@dataclass(frozen=True, slots=True)
class Left:
    """The player asked to leave; everything is saved."""


SessionEvent = (
    StoryEvent
    | CrucibleEvent
    | Conjured
    | Judged
    | DeskOpened
    | HintShown
    | EditorWanted
    | DraftChanged
    | Left
)
"""Front ends never see `Conjure`, `OpenSpell` or `Ask`: the session answers those."""


# --- what front ends show beside the story ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """A room on the map."""

    id: str
    name: str
    column: int
    row: int
    here: bool
    visited: bool
    exits: tuple[tuple[str, str, bool], ...]
    """(direction, id of the room beyond, open now)."""
    spell_waiting: bool
    """A spell can be cast here that is not passed yet."""


@dataclass(frozen=True, slots=True)
class Status:
    """Everything the side panels and the prompt need; cheap to make after every turn."""

    stage: str
    stage_title: str
    room: str
    room_name: str
    score: int
    max_score: int
    turns: int
    goals: tuple[str, ...]
    exits: tuple[str, ...]
    """Directions that are open, in compass order."""
    things_here: tuple[str, ...]
    """Names of portable things and characters in sight."""
    carrying: tuple[str, ...]
    places: tuple[Place, ...]
    """Visited rooms of this stage and their visible neighbours."""
    spells: tuple[tuple[str, str, str], ...]
    """(id, title, state) of this stage's spells; state: ``closed``, ``open``, ``tried``, ``passed``."""
    desk: str | None
    """The spell whose desk is open."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the spell desk shows."""

    spell: Spell
    path: Path
    """The draft on disk."""
    source: str
    """Its text."""
    state: str
    attempts: int
    hints_seen: int
    """The first so many of `spell.hints` were seen."""
    solution_open: bool
    """The model answer may be looked at: after a pass, or after the last hint."""


class Session:
    """A journey being played.

    Use as an async context manager; it owns the journey's lock and the crucible.
    """

    @classmethod
    async def open(
        cls, journey: Path, *, lessons: Path | None = None, crucible: Crucible | None = None
    ) -> Self:
        """Open the journey in folder `journey`, creating it if there is none.

        Raises `oz.saves.JourneyInUse` when another game has it open, `oz.saves.JourneyDamaged` when
        it cannot be read even after recovery, `oz.campaign.LessonsError` for malformed lessons.
        """
        raise NotImplementedError

    async def __aenter__(self) -> Self: ...
    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...

    @property
    def world(self) -> World: ...
    @property
    def status(self) -> Status: ...
    @property
    def running(self) -> bool:
        """A cast is under way."""
        ...

    def begin(self) -> AsyncIterator[SessionEvent]:
        """What to show first: the opening of a new journey, or 'the story so far' and the room."""
        ...

    def submit(self, line: str) -> AsyncIterator[SessionEvent]:
        """One typed line, answered. The turn is on disk before its first event is given out."""
        ...

    def cast(self, spell: str | None = None) -> AsyncIterator[SessionEvent]:
        """Cast the draft of `spell` (default: the open desk). Crucible events stream as they come;
        then `Judged`; then, on a first pass, the story's events."""
        ...

    def cast_batches(self, spell: str | None = None) -> AsyncIterator[list[SessionEvent]]:
        """`cast`, all events that have arrived at a time: for front ends that paint per frame."""
        ...

    async def stop(self) -> None:
        """Stop the cast under way, if any."""
        ...

    # the desk

    def desk(self, spell: str) -> Desk: ...
    def open_desk(self, spell: str) -> None:
        """Note that the desk is open (typing 'run', 'hint', 'show' then means this spell)."""
        ...

    def close_desk(self) -> None: ...
    def write_draft(self, spell: str, source: str) -> None:
        """Save the text of the draft, atomically."""
        ...

    def reset_draft(self, spell: str) -> str:
        """Put the starter back and return it; the old draft is kept as an attempt not cast."""
        ...

    def hint(self, spell: str) -> HintShown:
        """Show the next hint (the last one again when there is none left)."""
        ...

    def hints(self, spell: str) -> tuple[HintShown, ...]:
        """The hints already seen."""
        ...

    def solution(self, spell: str) -> str | None:
        """The model answer, or `None` while it may not be looked at."""
        ...

    def answer(self, spell: str, question: str, text: str) -> str:
        """Write the answer to a predict spell's question into the draft; returns the new draft."""
        ...

    def draft_changes(self) -> AsyncIterator[DraftChanged]:
        """Changes made to drafts by other programs, as they happen."""
        ...

    # typing help

    def completions(self, text: str) -> tuple[str, ...]:
        """Whole lines that `text` could become: verbs, then things in sight. Best first, at most 12."""
        ...

    def history(self) -> tuple[str, ...]:
        """Lines typed in this journey, oldest first, at most 500."""
        ...

    def transcript(self) -> str:
        """The whole story so far as plain text."""
        ...


__all__ = ["Ask", "OpenSpell", "Session", "SessionEvent"]
