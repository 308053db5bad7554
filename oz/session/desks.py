"""The desk of each spell: its draft on disk, hints, model answer, attempts.

Knows the journey and the campaign; runs nothing and tells the story nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from oz.saves import Attempt, drafts
from oz.saves.errors import in_words
from oz.saves.watch import changes
from oz.session.answers import nothing_said, set_answer, unanswered
from oz.session.model import Desk, DraftChanged, HintShown
from oz.session.table import Table
from oz.spells.model import Kind, Question, Spell
from oz.tongue import _


class Desks:
    """The desks of a session."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._clashes: asyncio.Queue[DraftChanged] = asyncio.Queue()
        """Changes made elsewhere that were met while the game wrote."""

    def desk(self, id: str, *, taken: bool = False) -> Desk:
        """The desk of spell `id`, with the draft as it is on disk now; `taken` as in `draft`.
        Raises `SavesError`."""
        spell = self._table.spell(id)
        draft = self.draft(id, taken=taken)
        journey = self._table.journey
        return Desk(
            spell=spell,
            path=draft.path,
            source=draft.text,
            state=self.state(id),
            attempts=journey.casts(id),
            hints_seen=min(journey.hints_seen(id), len(spell.hints)),
            solution_open=self.solution_open(id),
        )

    def state(self, id: str, *, offered: bool = True) -> str:
        """``closed``, ``open``, ``tried`` or ``passed``; `offered`: its condition holds."""
        if id in self._table.state.passed:
            return "passed"
        if id in self._table.journey.tried():
            return "tried"
        return "open" if offered else "closed"

    # the draft

    def path(self, id: str) -> Path:
        """Where the draft lies."""
        spell = self._table.spell(id)
        return self._table.journey.draft(spell.stage, spell.draft_name)

    def draft(self, id: str, *, taken: bool = False) -> drafts.Draft:
        """The draft as it is on disk now; made from the starter where there is none.

        `taken`: what is written next begins with this text. Another program's change that was
        only looked at stays news, and clashes with what is written without it.
        """
        self._table.journey.must_be_there()
        with in_words(self._table.journey.folder):
            draft = drafts.read(self.path(id), self._table.spell(id).starter)
        if taken:
            self._table.seen[id] = draft.digest
        else:
            self._table.seen.setdefault(id, draft.digest)
        return draft

    def write(self, id: str, source: str) -> None:
        """Save `source` as the draft. What another program wrote there since the game last looked
        is kept beside it and told by `changed`."""
        self.draft_must_exist(id)
        self._table.journey.must_be_there()
        with in_words(self._table.journey.folder):
            written = drafts.write(self.path(id), source, self._table.seen.get(id))
        self._table.seen[id] = written.digest
        if written.conflict:
            self._clashes.put_nowait(DraftChanged(id, conflict=True, theirs=written.kept))

    def draft_must_exist(self, id: str) -> None:
        """Make the draft from the starter, if nobody has yet."""
        if id not in self._table.seen:
            self.draft(id)

    def take(self, id: str, theirs: Path) -> str:
        """Make the kept file `theirs` the draft; the draft there was is kept beside it."""
        with in_words(self._table.journey.folder):
            text = drafts.read(theirs, theirs).text
            drafts.keep(self.path(id), self.path(id).read_bytes())
        self.draft(id, taken=True)
        self.write(id, text)
        return text

    def reset(self, id: str) -> str:
        """Put the starter back; the old draft is kept as an attempt that was not cast."""
        starter = self.starter(self._table.spell(id))
        if self.put_aside(id):
            self.write(id, starter)
        return starter

    def put_aside(self, id: str) -> bool:
        """Keep the draft as an attempt that was not cast, the file left as it is; false where it is
        the starter, which need not be kept."""
        old = self.draft(id, taken=True)
        if old.text == self.starter(self._table.spell(id)):
            return False
        self._table.journey.add_attempt(Attempt(id, old.text, None))
        return True

    def starter(self, spell: Spell) -> str:
        """The text the player is given."""
        return spell.starter.read_text("utf-8")

    def answer(self, id: str, question: str, text: str) -> str:
        """Write the answer to a predict spell's question (or a command spell's command line) into
        the draft; the new draft."""
        spell = self._table.spell(id)
        if spell.kind is Kind.COMMAND:
            self.write(id, source := text.strip() + "\n")
            return source
        if question not in {asked.id for asked in spell.questions}:
            raise KeyError(question)
        known = self._table.seen.get(id)
        draft = self.draft(id, taken=True)
        self.write(id, source := set_answer(draft.text, question, text))
        if known not in (None, draft.digest):
            self._clashes.put_nowait(DraftChanged(id, conflict=False))
        return source

    def questions(self, id: str) -> tuple[Question, ...]:
        """Questions that the draft does not answer yet."""
        spell = self._table.spell(id)
        return unanswered(self.draft(id).text, self.starter(spell), spell.questions)

    def unsaid(self, id: str) -> str:
        """What to say instead of casting a prediction in which nothing is predicted; else empty."""
        spell = self._table.spell(id)
        if not spell.questions or not nothing_said(self.draft(id).text, spell.questions):
            return ""
        return _(
            "Nothing is answered here yet, so it was not cast, and counts as no attempt. Say what "
            "you think of one question at least: a wrong guess costs nothing."
        )

    async def changed(self) -> AsyncIterator[DraftChanged]:
        """Changes made to drafts by other programs, and clashes with them, as they happen."""
        stop = asyncio.Event()
        found: asyncio.Queue[DraftChanged] = asyncio.Queue()
        tasks = [
            asyncio.create_task(self._watch(found, stop)),
            asyncio.create_task(self._forward(found)),
        ]
        try:
            while True:
                yield await found.get()
        finally:
            stop.set()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _forward(self, found: asyncio.Queue[DraftChanged]) -> None:
        while True:
            found.put_nowait(await self._clashes.get())

    async def _watch(self, found: asyncio.Queue[DraftChanged], stop: asyncio.Event) -> None:
        folder = (self._table.journey.folder / "spells").resolve()
        told: dict[str, str] = {}
        async for batch in changes(folder, stop):
            ids = {id for path in batch if (id := self._drafted(path, folder))}
            for id in sorted(ids or self._table.seen):
                known, now = self._table.seen.get(id), drafts.digest(self.path(id))
                if known is not None and now is not None and now != known:
                    if batch or told.get(id) != now:  # what was looked for is told once
                        found.put_nowait(DraftChanged(id, conflict=False))
                    told[id] = now

    def _drafted(self, path: Path, folder: Path) -> str:
        """The spell whose draft lies at `path` in the `folder` of drafts; empty: nobody's."""
        spells, id = self._table.campaign.spells, f"{path.parent.name}/{path.stem}"
        if id in spells and path == folder / spells[id].stage / spells[id].draft_name:
            return id
        return ""

    # hints and the model answer

    def hint(self, id: str) -> HintShown:
        """The next hint, noted as seen; the last again when there is none left."""
        hints = self._table.spell(id).hints
        if not hints:
            return HintShown(id, 0, 0, _("There is no hint for this spell."))
        number = min(self._table.journey.hints_seen(id) + 1, len(hints))
        self._table.journey.see_hints(id, number)
        return HintShown(id, number, len(hints), hints[number - 1])

    def hints(self, id: str) -> tuple[HintShown, ...]:
        """The hints already seen."""
        hints = self._table.spell(id).hints
        seen = hints[: self._table.journey.hints_seen(id)]
        return tuple(HintShown(id, n, len(hints), text) for n, text in enumerate(seen, 1))

    def solution_open(self, id: str) -> bool:
        """Whether the model answer may be looked at: after a pass, or after the last hint."""
        if id in self._table.state.passed or self._table.journey.tried().get(id, False):
            return True
        return self._table.journey.hints_seen(id) >= len(self._table.spell(id).hints) > 0

    def solution(self, id: str) -> str | None:
        """The model answer, or `None` while it may not be looked at."""
        if not self.solution_open(id):
            return None
        return self._table.spell(id).solution.read_text("utf-8")
