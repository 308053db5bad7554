"""One journey being played: the class both front ends talk to."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable
from dataclasses import asdict, replace
from pathlib import Path
from types import TracebackType
from typing import Self

import oz
from oz import campaign, story
from oz.crucible.api import Crucible
from oz.crucible.model import Event, Namespace
from oz.saves import Attempt, Journey, SavesError, summary
from oz.session import casting, panel, reporting, reviewing, words
from oz.session.desk_side import DeskSide
from oz.session.desks import Desks
from oz.session.keeping import Keeping
from oz.session.model import (
    DeskOpened,
    Judged,
    Left,
    SessionEvent,
    Status,
)
from oz.session.requests import Requests
from oz.session.reviewing import Reviewing
from oz.session.shelf import Shelf
from oz.session.table import Answer, CastNow, ReportNow, StopNow, Table, TruthNow, system
from oz.session.turn import Turn, kept_state, leaves, resumed
from oz.session.typed import english
from oz.session.upgrading import upgrade
from oz.spells import feedback, needs
from oz.spells.model import Verdict
from oz.story.events import Ask, Conjure, OpenSpell, StageBegun, StageFinished
from oz.story.model import World
from oz.story.state import State
from oz.tongue import _

_YES = {"y", "yes", "yes.", "yeah", "ok"}
_NO = {"n", "no", "no.", "nope", "cancel"}
_LONGEST = 2000
"""Characters of a typed line that are looked at."""


class Session(DeskSide):
    """A journey being played.

    Use as an async context manager; it owns the journey's lock and, unless one is handed in, the
    crucible.
    """

    def __init__(
        self, table: Table, furnace: casting.Furnace, clock: reviewing.Clock = reviewing.clock
    ) -> None:
        self._table = table
        self._furnace = furnace
        self._desks = Desks(table)
        self.reviews = Reviewing(table, furnace, clock)
        """Earlier ideas, asked again."""
        self.shelf = Shelf(table, furnace)
        """What can be looked up: the journal, the spellbook, the statistics."""
        self._requests = Requests(
            table, self._desks, lambda: self.status, self._resolve, self.shelf, self.reviews.asked
        )

    @classmethod
    async def open(
        cls,
        journey: Path,
        *,
        lessons: Path | None = None,
        crucible: Crucible | None = None,
        clock: reviewing.Clock = reviewing.clock,
    ) -> Self:
        """Open the journey in folder `journey`, creating it if there is none.

        A `crucible` that is handed in must be started, and stays its owner's to close. `clock` says
        what time it is, for the reviews. Raises
        `oz.saves.JourneyInUse` when another game has it open, `oz.saves.JourneyDamaged` when
        it cannot be read even after recovery, another `oz.saves.SavesError` where it cannot be
        written, `oz.campaign.LessonsError` for malformed lessons.
        """
        lore = campaign.load_cached(lessons)
        saved = Journey.open(journey, game=oz.__version__, lessons=str(lore.format))
        try:
            furnace = casting.Furnace(crucible)
            await furnace.light()
            state = resumed(saved, lore.world)
            table = Table(lore, saved, state, news=upgrade(saved, lore, state))
            return cls(table, furnace, clock)
        except BaseException:
            saved.close()
            raise

    async def close(self) -> None:
        """Stop what runs, give back the lock. Harmless when closed."""
        try:
            await self._furnace.close()
        finally:
            self._table.journey.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        await self.close()

    @property
    def world(self) -> World:
        return self._table.world

    @property
    def status(self) -> Status:
        return panel.status(self._table, self._desks)

    @property
    def state(self) -> State:
        """Where the story stands."""
        return self._table.state

    @property
    def running(self) -> bool:
        """A cast is under way."""
        return self._table.running is not None

    @property
    def folder(self) -> Path:
        """Where the journey lies."""
        return self._table.journey.folder

    # the story

    async def begin(self) -> AsyncIterator[SessionEvent]:
        """What to show first: the opening of a new journey, or 'the story so far' and the room."""
        table = self._table
        if table.journey.recovered:
            yield system(table.journey.recovered)
        if table.news:
            yield system(table.news)
        if table.journey.state is None:
            turn = story.begin(table.world)
            with self._turn():
                table.state = turn.state
                shown = self._resolve(turn.events)
                number = self._commit(None, shown)
            async for event in self._carry_out(shown, number):
                yield event
            return
        shown = self._resolve(story.resume(table.world, table.state))
        async for event in self._carry_out(shown, None):
            yield event
        if (desk := table.state.desk) is not None and desk in table.campaign.spells:
            yield DeskOpened(desk)
        for event in self.reviews.reminder():
            yield event

    async def submit(self, line: str) -> AsyncIterator[SessionEvent]:
        """One typed line, answered. The turn is on disk before its first event is given out."""
        line = line[:_LONGEST].encode("utf-8", "replace").decode("utf-8")
        try:
            with self._turn():
                shown = self._answer(line)
                number = self._commit(line.strip() or None, shown)
        except SavesError as error:
            yield system(
                _("That could not be saved, so it was not done. {error}").format(error=error)
            )
            if leaves(self.world, self._table.state, line):
                yield Left()
            return
        self._write_transcript(f"> {line.strip()}\n\n{words.kept(shown, self.world)}")
        self._back_up(shown)
        async for event in self._carry_out(shown, number):
            yield event

    def _answer(self, line: str) -> list[Answer]:
        """What is shown for `line`; the table changes with it."""
        table = self._table
        question, table.question = table.question, None
        if self.reviews.asking and (told := self.reviews.answer(line)) is not None:
            return list(told)
        said = english(line).strip().lower()
        if question is not None and said in _YES:
            return list(question())
        if question is not None and said in _NO:
            return [system(_("Then everything stays as it is."))]
        turn = story.step(table.world, table.state, line)
        table.state = turn.state
        table.stepped = turn.took_turn
        return self._resolve(turn.events)

    def _resolve(self, events: Iterable[object]) -> list[Answer]:
        """The story's events with its requests answered; what takes time stays marked."""
        shown: list[Answer] = []
        for event in events:
            if isinstance(event, Ask):
                shown += self._requests.answer(event)
            elif isinstance(event, OpenSpell):
                shown += self._requests.desk_opened(event.spell)
            else:
                shown.append(event)  # type: ignore[arg-type]  # every other event is an answer
        return [*shown, *self.reviews.after_stage(shown)]

    async def _carry_out(
        self, shown: Iterable[Answer], number: int | None
    ) -> AsyncIterator[SessionEvent]:
        """Give out what is shown; run now what takes time."""
        for event in shown:
            if isinstance(event, Conjure):
                models = self._table.journey.models
                conjured = await self._furnace.conjure(event.thing, event.source, models)
                self._add_answer(number, words.kept([conjured], self.world))
                yield conjured
            elif isinstance(event, CastNow):
                async for told in self.cast(event.spell):
                    yield told
            elif isinstance(event, StopNow):
                await self.stop()
            elif isinstance(event, TruthNow):
                came = await self.reviews.truth(event)
                self._add_answer(number, words.kept(came, self.world))
                for said in came:
                    yield said
            elif isinstance(event, ReportNow):
                where = self._table.journey.folder
                report = await reporting.told(where, self._table.campaign, self._furnace)
                self._add_answer(number, report)
                yield system(report)
            else:
                yield event

    # casts

    async def cast(self, spell: str | None = None) -> AsyncIterator[SessionEvent]:
        """Cast the draft of `spell` (default: the open desk). Crucible events stream as they come;
        then `Judged`; then, on a first pass, the story's events and what is worth knowing."""
        async for batch in self.cast_batches(spell):
            for event in batch:
                yield event

    async def cast_batches(self, spell: str | None = None) -> AsyncIterator[list[SessionEvent]]:
        """`cast`, all events that have arrived at a time: for front ends that paint per frame."""
        table = self._table
        spell = spell or table.state.desk
        if spell is None or spell not in table.campaign.spells:
            yield [system(_("No spell's desk is open. `cast` and a spell's name opens one."))]
            return
        if table.running is not None:
            yield [system(_("A spell is being cast already. `stop` stops it."))]
            return
        table.running = spell
        try:
            async for batch in self._cast(spell):
                yield batch
        except SavesError as error:
            yield [system(str(error))]
        finally:
            table.running = None

    async def _cast(self, id: str) -> AsyncIterator[list[SessionEvent]]:
        spell = self._table.spell(id)
        if told := needs.said(spell) or self._desks.unsaid(id):
            yield [system(told)]
            return
        draft = self._desks.draft(id)
        job = casting.job(spell, draft.path, draft.text, self._table.journey.models)
        heard: list[Event] = []
        keeping = Keeping()
        self._table.left = (id, Namespace(()))
        async for batch in self._furnace.run(job):
            heard += filter(casting.weighty, batch)
            keeping.take(batch)
            left = [event for event in batch if isinstance(event, Namespace)]
            self._table.left = (id, left[-1]) if left else self._table.left
            yield list(batch)
        if told := casting.never_ran(heard):
            yield [system(told)]
            return
        judged, shown, number = self._note(draft.text, feedback.verdict(spell, heard), keeping)
        yield [judged]
        async for event in self._carry_out(shown, number):
            yield [event]
        if told := casting.unkept(heard, self._table.journey.models):
            yield [system(told)]

    def _note(
        self, code: str, verdict: Verdict, keeping: Keeping
    ) -> tuple[Judged, list[Answer], int]:
        """Put an attempt, and what a first pass does to the story, on disk."""
        table = self._table
        spell = table.spell(verdict.spell)
        with self._turn():
            attempt = table.journey.add_attempt(
                Attempt(
                    spell.id,
                    code,
                    verdict.reason.value,
                    verdict.mistake,
                    verdict.seconds,
                    json.dumps(asdict(verdict)),
                )
            )
            table.journey.keep(spell.id, attempt, verdict.passed, keeping.kept())
            first = verdict.passed and spell.id not in table.state.passed
            shown: list[Answer] = []
            if first:
                turn = story.spell_passed(table.world, table.state, spell.id)
                table.state, table.stepped = turn.state, True
                shown = words.with_worth_knowing(self._resolve(turn.events), spell)
            judged = Judged(verdict, attempt, first)
            number = self._commit(None, [judged, *shown])
        self._write_transcript(words.kept([judged, *shown], self.world))
        self._back_up(shown)
        return judged, shown, number

    async def stop(self) -> None:
        """Stop the cast under way, if any."""
        await self._furnace.stop()

    # typing help

    def completions(self, text: str) -> tuple[str, ...]:
        """Whole lines that `text` could become: verbs, then things in sight; names of what a book
        has. Best first, at most 12."""
        if self.reviews.asking:
            return tuple(word for word in reviewing.WORDS if word.startswith(text.lower()))
        found = self.shelf.completions(text) or story.completions(
            self.world, self._table.state, text
        )
        return tuple(found)[:12]

    def history(self) -> tuple[str, ...]:
        """Lines typed in this journey, oldest first, at most 500."""
        return self._table.journey.history(500)

    def transcript(self) -> str:
        """The whole story so far as plain text."""
        parts: list[str] = []
        for turn in self._table.journey.turns():
            if turn.line:
                parts.append(f"> {turn.line}")
            if turn.answer.strip():
                parts.append(turn.answer.strip())
        return "\n\n".join(parts) + "\n"

    # one turn on disk

    def _turn(self) -> Turn:
        return Turn(self._table)

    def _commit(self, line: str | None, shown: list[Answer]) -> int:
        table = self._table
        begun = next((e.stage for e in shown if isinstance(e, StageBegun)), None)
        number = table.journey.add_turn(
            line,
            words.kept(shown, table.world),
            kept_state(table.state),
            step=table.stepped and table.journey.state is not None,
            pin=begun,
        )
        room = table.world.rooms[table.state.room]
        table.journey.note(
            summary=summary(
                stage=table.world.stages[room.stage].title,
                room=room.name,
                score=table.state.score,
                max_score=table.world.max_score,
                turns=table.state.turns,
            )
        )
        return number

    def _set_desk(self, spell: str | None) -> None:
        table = self._table
        if spell is not None:
            self.reviews.drop()
        if table.state.desk == spell:
            return
        after = replace(table.state, desk=spell, proving=None)
        try:
            with self._turn():
                table.state = after
                table.journey.set_state(kept_state(after))
        except SavesError:
            table.state = after  # only somebody who resumes would miss it, and a desk must close

    def _add_answer(self, number: int | None, text: str) -> None:
        if number is None or not text:
            return
        try:
            self._table.journey.add_answer(number, f"\n\n{text}")
        except SavesError:
            return  # the player reads it all the same; only the transcript lacks it
        self._write_transcript(text)

    def _back_up(self, shown: list[Answer]) -> None:
        """An online backup when a stage is finished. A failing one is said, and stops nothing."""
        for event in list(shown):
            if isinstance(event, StageFinished):
                try:
                    self._table.journey.back_up(event.stage)
                except SavesError as error:
                    told = _("No backup could be made of this stage's end. {error}")
                    shown.append(system(told.format(error=error)))

    def _write_transcript(self, text: str) -> None:
        path = self._requests.transcript
        if path is None:
            return
        try:
            with path.open("a", encoding="utf-8") as file:
                file.write(f"\n{text}\n")
        except OSError:
            self._requests.transcript = None
