"""What a session does with the desks of spells, for front ends: drafts, hints, answers, attempts.

One side of `oz.session.game.Session`; tells the story nothing and runs nothing.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from pathlib import Path

from oz.saves import Attempt
from oz.session.desks import Desks
from oz.session.model import Desk, DraftChanged, HintShown
from oz.session.table import Table
from oz.spells.model import Question


class DeskSide(ABC):
    """The desks, as front ends reach them."""

    _table: Table
    _desks: Desks

    @abstractmethod
    def _set_desk(self, spell: str | None) -> None:
        """Note which desk is open, if any."""

    def desk(self, spell: str, *, taken: bool = False) -> Desk:
        """What the desk of `spell` shows. Raises `KeyError`, `oz.saves.SavesError`.

        `taken`: its text goes into an editor, and is what `write_draft` writes over. Only looking
        leaves a change that another program made to be told by `draft_changes`.
        """
        return self._desks.desk(spell, taken=taken)

    def open_desk(self, spell: str) -> None:
        """Note that the desk is open (typing 'run', 'hint', 'show' then means this spell)."""
        self._set_desk(spell)

    def close_desk(self) -> None:
        """Note that no desk is open."""
        self._set_desk(None)

    def write_draft(self, spell: str, source: str) -> None:
        """Save the text of the draft, atomically. What another program wrote there meanwhile is
        kept beside it, and told by `draft_changes` as a conflict. Raises `oz.saves.SavesError`."""
        self._desks.write(spell, source)

    def take_draft(self, spell: str, theirs: Path) -> str:
        """Make the kept file `theirs` (`DraftChanged.theirs`) the draft, and return its text; the
        draft there was is kept beside it."""
        return self._desks.take(spell, theirs)

    def reset_draft(self, spell: str) -> str:
        """Put the starter back and return it; the old draft is kept as an attempt not cast."""
        return self._desks.reset(spell)

    def put_aside(self, spell: str) -> None:
        """Keep the draft as an attempt not cast, before another takes its place."""
        self._desks.put_aside(spell)

    def hint(self, spell: str) -> HintShown:
        """Show the next hint (the last one again when there is none left)."""
        return self._desks.hint(spell)

    def hints(self, spell: str) -> tuple[HintShown, ...]:
        """The hints already seen."""
        return self._desks.hints(spell)

    def solution(self, spell: str) -> str | None:
        """The model answer, or `None` while it may not be looked at."""
        return self._desks.solution(spell)

    def answer(self, spell: str, question: str, text: str) -> str:
        """Write the answer to a predict spell's question into the draft; returns the new draft.

        A command spell has no questions: `text` becomes its command line.
        """
        return self._desks.answer(spell, question, text)

    def unanswered(self, spell: str) -> tuple[Question, ...]:
        """Questions of a predict spell that the draft does not answer yet."""
        return self._desks.questions(spell)

    def attempts(self, spell: str) -> tuple[Attempt, ...]:
        """Attempts at `spell` with their code, oldest first."""
        return self._table.journey.attempts(spell)

    def draft_changes(self) -> AsyncIterator[DraftChanged]:
        """Changes made to drafts by other programs, as they happen."""
        return self._desks.changed()
