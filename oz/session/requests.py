"""Answers to the commands about the game that the story passes on (`oz.story.events.Request`).

Each method takes what was typed after the command and gives what is shown; a cast, which takes
time, is only marked (`CastNow`). Called inside the turn's transaction.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import oz
from oz.session import broadcast, proven, spellbook, words
from oz.session.desks import Desks
from oz.session.model import (
    DeskOpened,
    EditorWanted,
    Left,
    Status,
)
from oz.session.shelf import Shelf
from oz.session.table import Answer, CastNow, ReportNow, StopNow, Table, refusal, system
from oz.session.turn import restored
from oz.spells.model import Kind
from oz.story import begin
from oz.story.events import Ask
from oz.tongue import _

NO_SPELL = _(
    "Which spell? Open its desk first: `cast` and its name. (`spells` lists those of this stage.)"
)


class Requests:
    """Answers `Ask`."""

    def __init__(
        self,
        table: Table,
        desks: Desks,
        status: Callable[[], Status],
        resolve: Callable[[Iterable[object]], list[Answer]],
        shelf: Shelf,
        review: Callable[[str], Iterable[Answer]],
    ) -> None:
        self._table = table
        self._desks = desks
        self._status = status
        self._resolve = resolve
        self._ask_review = review
        self._shelf = shelf
        self.transcript: Path | None = None
        """Where a transcript is being written; `None`: nowhere."""

    def answer(self, ask: Ask) -> list[Answer]:
        """What `ask` comes to."""
        method: Callable[[str], Iterable[Answer]] = getattr(self, f"_{ask.request.value}")
        return list(method(ask.argument.strip()))

    # the journey

    def _save(self, _rest: str) -> Iterable[Answer]:
        folder = self._table.journey.folder
        yield system(
            _(
                "Everything is saved already, as it always is after each answer. This journey "
                "is `{name}`, in `{folder}`."
            ).format(name=self._table.journey.name, folder=folder)
        )

    def _quit(self, _rest: str) -> Iterable[Answer]:
        name = self._table.journey.name
        yield system(
            _("Everything is saved. `oz play {name}` goes on from here.").format(name=name)
        )
        yield Left()

    def _undo(self, _rest: str) -> Iterable[Answer]:
        taken = self._table.journey.undo()
        if taken is None:
            yield refusal(_("There is nothing left to undo."))
            return
        line, state = taken
        passed = self._table.state.passed
        try:
            self._table.state = restored(state, self._table.world)
        except ValueError:
            yield refusal(_("What was before that can no longer be read, so it stays as it is."))
            return
        titles = [f"*{self._table.spell(id).title}*" for id in passed - self._table.state.passed]
        if titles:
            told = _("Undone: in the story, {listed} has not been cast yet.").format(
                listed=_(" and ").join(sorted(titles))
            )
            yield system(
                _("{told} Your draft is as it was; `cast` and `run` pass it again.").format(
                    told=told
                )
            )
        else:
            yield system(_("Undone: `{line}`.").format(line=line) if line else _("Undone."))
        yield from self._resolve(self._look())

    def _look(self) -> Iterable[object]:
        from oz.story import step  # the room as it is seen now, told anew

        return step(self._table.world, self._table.state, "look").events

    def _statistics(self, _rest: str) -> Iterable[Answer]:
        return self._shelf.read_statistics()

    def _review(self, argument: str) -> Iterable[Answer]:
        return self._ask_review(argument)

    def _report(self, _rest: str) -> Iterable[Answer]:
        yield ReportNow()

    def _restart(self, _rest: str) -> Iterable[Answer]:
        self._table.question = self._begin_again
        yield system(
            _(
                "Begin the story of this journey anew? Drafts, attempts and hints stay, and "
                "`undo` would bring you back here. (yes or no)"
            )
        )

    def _begin_again(self) -> Iterable[Answer]:
        turn = begin(self._table.world)
        self._table.state = turn.state
        self._table.stepped = True
        return self._resolve(turn.events)

    def _restore(self, argument: str) -> Iterable[Answer]:
        pins = self._table.journey.pins()
        if argument.isdecimal() and 1 <= int(argument) <= len(pins):
            state = self._table.journey.state_at(pins[int(argument) - 1].turn)
            if state is not None:
                self._table.state = restored(state, self._table.world)
                self._table.stepped = True
                yield system(
                    _("You are back where that part of the story began. (`undo` returns.)")
                )
                yield from self._resolve(self._look())
                return
        yield system(
            _(
                "Nothing has to be restored: a journey goes on where it was left, and `undo` "
                "takes back one step at a time. `restore` and a number leads further "
                "back:\n\n{starts}\n\nAnother journey is opened with `oz play NAME`; `oz journeys` "
                "lists them."
            ).format(starts=words.starts(pins, self._table.world))
        )

    def _transcript(self, argument: str) -> Iterable[Answer]:
        word, _sep, rest = argument.partition(" ")
        if word.lower() == "off":
            where, self.transcript = self.transcript, None
            if where is None:
                yield refusal(_("No transcript is being written."))
            else:
                yield system(_("The transcript in `{where}` ends here.").format(where=where))
            return
        name = rest.strip() if word.lower() == "on" else argument
        path = Path(name or self._table.journey.folder / "transcript.txt").expanduser().absolute()
        try:
            with path.open("a", encoding="utf-8") as file:
                file.write(f"\n{self._table.world.title}: {self._table.journey.name}\n")
        except OSError as error:
            yield refusal(
                _("No transcript can be written in `{path}`: {strerror}.").format(
                    path=path, strerror=error.strerror or error
                )
            )
            return
        self.transcript = path
        yield system(_("From here on, a transcript is written to `{path}`.").format(path=path))

    def _version(self, _rest: str) -> Iterable[Answer]:
        yield system(
            _(
                "Oz {version}, lessons of format {format}, torch {version2}, Python "
                "{python_version}."
            ).format(
                version=oz.__version__,
                format=self._table.campaign.format,
                version2=metadata.version("torch"),
                python_version=platform.python_version(),
            )
        )

    # the story

    def _map(self, _rest: str) -> Iterable[Answer]:
        status = self._status()
        yield system(words.the_map(status))
        if told := proven.on_the_map(status):
            yield system(told)

    def _journal(self, argument: str) -> Iterable[Answer]:
        return self._shelf.read_journal(argument)

    def _spellbook(self, argument: str) -> Iterable[Answer]:
        return self._shelf.read_spellbook(argument)

    def _reference(self, argument: str) -> Iterable[Answer]:
        found = spellbook.find(self._table.campaign.references, argument)
        if len(found) != 1:
            yield self._no_reference(argument, found)
            return
        entry = self._table.campaign.references[found[0]]
        yield system(spellbook.page(entry))
        yield from self._shelf.with_example(entry)

    def _broadcast(self, argument: str) -> Iterable[Answer]:
        left = self._table.left
        drawn, told = broadcast.answer(argument, left[1] if left else None)
        yield system(told) if drawn else refusal(told)

    def _no_reference(self, name: str, found: list[str]) -> Answer:
        if found:
            return system(_("There are several: ") + ", ".join(f"`{key}`" for key in found) + ".")
        known = self._table.campaign.references
        if name and known:
            return refusal(
                _("The book has nothing on `{name}`. `reference` lists what it has.").format(
                    name=name
                )
            )
        if known:
            return system(_("The book has: ") + ", ".join(f"`{key}`" for key in known) + ".")
        return refusal(_("There is no book of reference with these lessons."))

    # spells

    def _meant(self) -> str | None:
        """The spell that is meant: the open desk's, else the only one that waits here."""
        if self._table.state.desk in self._table.campaign.spells:
            return self._table.state.desk
        waiting = [id for id, _, state in self._status().spells if state in ("open", "tried")]
        return waiting[0] if len(waiting) == 1 else None

    def _spells(self, _rest: str) -> Iterable[Answer]:
        status = self._status()
        casts = {id: self._table.journey.casts(id) for id, _, _ in status.spells}
        yield system(words.spells(status, casts))
        if told := proven.beside_spells(status):
            yield system(told)

    def _hint(self, _rest: str) -> Iterable[Answer]:
        spell = self._meant()
        if spell is not None:
            yield self._desks.hint(spell)
            return
        goals = self._status().goals
        yield system("\n".join(f"- {goal}" for goal in goals) if goals else NO_SPELL)

    def _solution(self, _rest: str) -> Iterable[Answer]:
        spell = self._meant()
        if spell is None:
            yield refusal(NO_SPELL)
            return
        title = self._table.spell(spell).title
        solution = self._desks.solution(spell)
        if solution is None:
            left = len(self._table.spell(spell).hints) - self._table.journey.hints_seen(spell)
            hints = _("one hint is") if left == 1 else _("{left} hints are").format(left=left)
            yield refusal(
                _(
                    "The model answer to *{title}* is shown once the spell has passed, or after "
                    "the last hint; {hints} left."
                ).format(title=title, hints=hints)
            )
            return
        yield system(
            _("A model answer to *{title}*:\n\n{fenced}").format(
                title=title, fenced=words.fenced(solution, "python")
            )
        )

    def _reset(self, _rest: str) -> Iterable[Answer]:
        spell = self._meant()
        if spell is None:
            yield refusal(NO_SPELL)
            return
        title = self._table.spell(spell).title

        def reset() -> Iterable[Answer]:
            self._desks.reset(spell)
            yield system(
                _("The draft of *{title}* is the starter again; the old one is kept.").format(
                    title=title
                )
            )

        self._table.question = reset
        yield system(
            _("Put the starter of *{title}* back? Your draft is kept. (yes or no)").format(
                title=title
            )
        )

    def _run(self, _rest: str) -> Iterable[Answer]:
        spell = self._meant()
        yield CastNow(spell) if spell is not None else refusal(NO_SPELL)

    def _stop(self, _rest: str) -> Iterable[Answer]:
        yield StopNow() if self._table.running else refusal(_("Nothing is running."))

    def _edit(self, _rest: str) -> Iterable[Answer]:
        spell = self._meant()
        yield EditorWanted(self._desks.draft(spell).path) if spell else refusal(NO_SPELL)

    def _show(self, _rest: str) -> Iterable[Answer]:
        spell = self._meant()
        if spell is None:
            yield refusal(NO_SPELL)
            return
        draft = self._desks.draft(spell)
        yield system(f"`{draft.path}`\n\n{words.fenced(words.numbered(draft.text))}")

    def _briefing(self, _rest: str) -> Iterable[Answer]:
        spell = self._meant()
        yield system(words.briefing(self._desks.desk(spell))) if spell else refusal(NO_SPELL)

    def _answer(self, argument: str) -> Iterable[Answer]:
        id = self._meant()
        if id is None:
            yield refusal(NO_SPELL)
            return
        spell = self._table.spell(id)
        if spell.kind is Kind.COMMAND:
            if argument:
                self._desks.answer(id, "", argument)
                yield system(
                    _("The command is now `{argument}`. `run` runs it.").format(argument=argument)
                )
            else:
                yield refusal(_("Type the command after `answer`."))
        elif spell.kind is Kind.PREDICT:
            yield from self._predict(id, argument)
        else:
            yield refusal(_("This spell asks no question; its draft is a program to be written."))

    def _predict(self, id: str, argument: str) -> Iterable[Answer]:
        questions = self._table.spell(id).questions
        name, _sep, rest = argument.partition(" ")
        known = next((q for q in questions if q.id == name and rest.strip()), None)
        open = self._desks.questions(id)
        asked = known or next(iter(open), None)
        if not argument:
            listed = [f"- `{q.id}`: {q.text}" for q in open or questions]
            yield system(_("Still to be answered:\n\n") if open else _("All are answered:\n\n"))
            yield system("\n".join(listed))
        elif asked is None:
            names = ", ".join(f"`{q.id}`" for q in questions)
            yield refusal(
                _("All are answered. To change one, `answer` its name first: {names}.").format(
                    names=names
                )
            )
        else:
            self._desks.answer(id, asked.id, rest if known else argument)
            left = self._desks.questions(id)
            after = (
                _("Next, `{id}`: {text}").format(id=left[0].id, text=left[0].text)
                if left
                else _("`run` shows the truth.")
            )
            yield system(_("`{id}` is answered. {after}").format(id=asked.id, after=after))

    def _attempts(self, _rest: str) -> Iterable[Answer]:
        spell = self._meant()
        if spell is None:
            yield from self._spells("")
            return
        journey = self._table.journey
        made = journey.attempts(spell, words.NEWEST + 1)
        yield system(words.attempts(self._table.spell(spell), made, journey.casts(spell)))

    def _tensors(self, _rest: str) -> Iterable[Answer]:
        if self._table.left is None:
            yield refusal(_("Nothing has been cast in this sitting, so nothing is left to list."))
            return
        spell, left = self._table.left
        yield system(words.tensors(self._table.spell(spell), left))

    def desk_opened(self, spell: str) -> Iterable[Answer]:
        """The answer to 'cast …': its desk, with a draft to begin with."""
        self._desks.draft_must_exist(spell)
        self._table.state = replace(self._table.state, desk=spell)
        yield DeskOpened(spell)
