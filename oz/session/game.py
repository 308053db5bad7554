"""One journey being played: the class both front ends talk to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from types import TracebackType
from typing import Self

from oz.crucible.api import Crucible
from oz.session.model import Desk, DraftChanged, HintShown, SessionEvent, Status
from oz.story.model import World


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
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
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
