"""The spell desk: what is asked, the code, and what came of running it.

At 100 columns and more all of it is in sight; below that one pane at a time, by key or by word.
What is typed on the desk's own line and is no word of the desk goes to the story. How the draft is
kept is for `oz.tui.screens.draft`, what is done to the code for `oz.tui.screens.editing`, hints and
other answers for `oz.tui.screens.answering`, what is in front for `oz.tui.screens.desk_panes`.
"""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static, TextArea

from oz.session import (
    Conjured,
    DeskOpened,
    EditorWanted,
    HintShown,
    Judged,
    Left,
    Session,
    SessionEvent,
)
from oz.session.words import KINDS
from oz.spells.feedback import place
from oz.spells.model import Kind
from oz.story.events import Entered, Journalled, Said, Scored, StageBegun, StageFinished
from oz.tongue import _, ngettext
from oz.tui.commands import bindings, find, says
from oz.tui.screens.base import EVERYWHERE, in_the_book
from oz.tui.screens.desk_commands import NO_ANSWERS, OWN
from oz.tui.screens.desk_panes import PANES, PanesScreen
from oz.tui.telling import STATES, hint, typed
from oz.tui.typeset import Block, plain, typeset
from oz.tui.widgets.assist import Assist
from oz.tui.widgets.editor import CodeEditor
from oz.tui.widgets.keybar import KeyBar
from oz.tui.widgets.panes import PaneBar
from oz.tui.widgets.prompt import Prompt
from oz.tui.widgets.prose import Prose
from oz.tui.widgets.questions import Questions
from oz.tui.widgets.result import Result
from oz.tui.widgets.shell import ShellLine, is_one_line
from oz.tui.widgets.small import TooSmall

FRAME = 1 / 60
"""Seconds between two batches of events: as often as a screen is painted."""
WAITS_AFTER = 0.5
"""Seconds after which it is said that an answer waits for the run that is under way."""
STORY = (Said, Scored, Journalled, StageBegun, StageFinished, Conjured)


class DeskScreen(PanesScreen):
    """The desk of one spell."""

    CSS_PATH = "desk.tcss"
    OWN = OWN
    BINDINGS: ClassVar = bindings((*OWN, *EVERYWHERE))
    TITLE_OF_HELP = _("The spell desk")

    def __init__(self, session: Session, spell: str, *, run: bool = False) -> None:
        super().__init__(session, spell)
        self._run_at_once = run
        self._ran = ""
        """The draft that was run last."""

    # --- parts --------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        with Horizontal(classes="head"):
            yield Static(self.spell.title, classes="where", markup=False)
            yield Static("", classes="score", markup=False)
        yield PaneBar(PANES, id="panes")
        with Horizontal(id="desk"):
            yield Prose(id="briefing")
            with Vertical(id="work"):
                with Vertical(id="code"):
                    yield from self._compose_code()
                yield Result(id="result")
        with Horizontal(classes="line"):
            yield Static("›", classes="sign")
            yield Prompt(
                self._complete,
                placeholder=_("words: run, hint, reset, solution, leave …"),
                id="prompt",
            )
        yield KeyBar(self.commands)
        yield TooSmall()

    def _compose_code(self) -> ComposeResult:
        source = self.desk.source
        if self.spell.kind is Kind.PREDICT:
            program = self.spell.program
            text = program.read_text("utf-8") if program is not None else ""
            yield CodeEditor(text, read_only=True, id="editor")
            is_word = self._is_no_answer
            yield Questions(self.spell.questions, source, is_word=is_word, id="questions")
        elif self.spell.kind is Kind.COMMAND and is_one_line(source):
            yield ShellLine(source, id="shell")
        else:
            yield CodeEditor(source, language=self.language, id="editor")
            if self.oz.completer is not None and self.language == "python":
                yield Assist(self.oz.completer, id="assist")

    def settings_changed(self) -> None:
        on = self.oz.settings.completion == "on"
        for assist in self.query(Assist):
            assist.display = on
        for editor in self.query(CodeEditor):
            editor.soft_wrap = self.oz.settings.lines == "wrapped"

    def on_mount(self) -> None:
        self.session.open_desk(self.spell.id)
        self.set_class(bool(self.query("#shell")), "-command")
        self.set_class(self.spell.kind is Kind.PREDICT, "-predict")
        self.show_briefing()
        self.show_state()
        self.settings_changed()
        self.follow_reading(*self.query("#briefing, #editor, #questions, #verdict, #output"))
        # A spell that was never tried opens at what is asked, the others at the code.
        self.show_pane("briefing" if self.desk.attempts == 0 else "code")
        self.call_after_refresh(self.focus_what_shows)
        self.watch(self, "focused", self._show_where_escape_goes)
        self._watch()
        if self._run_at_once:
            self.action_run()

    def _show_where_escape_goes(self) -> None:
        bar, words = self.query_one(KeyBar), self.focused is self.query_one("#prompt")
        if words != bar.has_class("-turned"):
            bar.set_class(words, "-turned")
            bar.show()

    # --- what is asked ------------------------------------------------------------------------

    def show_briefing(self, *, at_end: bool = False) -> None:
        spell = self.spell
        blocks = [*typeset(spell.briefing)]
        if spell.goals:
            blocks.append(Block(plain(_("What is asked"), "heading")))
            blocks += typeset("\n".join(f"- {goal}" for goal in spell.goals))
        if spell.reference:
            names = ", ".join(f"`{name}`" for name in spell.reference)
            blocks += typeset(_("To look up: {names}").format(names=names), "cue")
        for shown in self.session.hints(spell.id):
            blocks += hint(shown)
        prose = self.query_one("#briefing", Prose)
        prose.set_blocks(blocks)
        if at_end:
            self.call_after_refresh(prose.scroll_end, animate=False)

    def show_state(self, *, taken: bool = False) -> None:
        """Read the desk anew, and show how it stands."""
        self.desk = self.session.desk(self.spell.id, taken=taken)
        signs = {"passed": "✓", "tried": "◐", "open": "✦"}
        told = [f"{signs.get(self.desk.state, '·')} {STATES[self.desk.state]}"]
        if self.desk.attempts:
            told.append(
                ngettext("{count} attempt", "{count} attempts", self.desk.attempts).format(
                    count=self.desk.attempts
                )
            )
        if self.spell.hints:
            told.append(
                _("{hints_seen} of {count} hints").format(
                    hints_seen=self.desk.hints_seen, count=len(self.spell.hints)
                )
            )
        self.query_one(".score", Static).update(f"{KINDS[self.spell.kind]} · " + " · ".join(told))

    # --- the code ------------------------------------------------------------------------------

    @on(TextArea.SelectionChanged, "#editor")
    def _follow_cursor(self, event: TextArea.SelectionChanged) -> None:
        for assist in self.query(Assist):
            if assist.display and isinstance(event.text_area, CodeEditor):
                assist.follow(event.text_area)

    # --- running ------------------------------------------------------------------------------

    @on(ShellLine.Entered)
    def _entered(self) -> None:
        """Run the command; during a run, do a word that was entered in its place."""
        word = self.query_one(ShellLine).command
        if not self.session.running or not self._is_no_answer(word):
            self.action_run()
            return
        self._show_draft(self._ran)
        self._unsaved = True
        self.save()
        self._do(word)

    @on(Questions.AllAnswered)
    def action_run(self) -> None:
        """Cast the draft."""
        if self.session.running:
            self.show_pane("result")  # which says that it is running, and what ends it
            return
        self._cast()

    def say_saved_outside(self) -> None:
        self.result.say_why(_("The draft was saved in another program."))

    @work(exclusive=True, group="cast", exit_on_error=False)
    async def _cast(self) -> None:
        self.save()
        self._ran = self._draft or ""
        self._error_line = None
        self.remove_class("-passed")
        if self.editor is not None:
            self.editor.unmark()
        self.add_class("-has-result")
        self.remove_class("-judged")
        self._show_running(running=True)
        self.show_pane("result")
        self.result.start(self.oz.trainings.get(self.spell.id), limit=self.spell.seconds)
        with self.oz.guarded("casting the spell"):
            async for batch in self.session.cast_batches(self.spell.id):
                await self._take(batch)
                await asyncio.sleep(FRAME)
        self._show_running(running=False)
        self.add_class("-judged")
        self.result.finish()
        self.oz.remains[self.spell.id] = self.result.remains
        if self.result.training.heard.curves:
            self.oz.trainings[self.spell.id] = self.result.training.heard
        if self.has_class("-passed"):
            self.result.add(typeset(_("`leave` (F10) goes on with the story."), "cue"))
        self.show_state()
        self.show_briefing()
        hidden = self.has_class("-narrow") and not self.has_class("-command")
        if hidden and self.focused is not self.query_one("#prompt"):
            # The editor is out of sight: the arrow keys are for reading now.
            self.result.verdict.focus()

    def _show_running(self, *, running: bool) -> None:
        self.set_class(running, "-running")
        self.query_one(KeyBar).show()

    async def _take(self, batch: list[SessionEvent], line: str = "") -> None:
        """Show the events that have come; `line`: what was typed, with which the story is told."""
        self.result.take(batch)
        for event in batch:
            if isinstance(event, Judged):
                self._judged(event)
            elif isinstance(event, HintShown):
                self.result.add(hint(event))
        told = [event for event in batch if isinstance(event, STORY)]
        if told:
            self.result.story(told, self.session.world)
            if (story := self.oz.story) is not None:
                if line:
                    story.repeat(line)
                for event in told:
                    story.tell(event)

    def _judged(self, event: Judged) -> None:
        verdict = event.verdict
        self.set_class(verdict.passed, "-passed")
        if not verdict.passed and verdict.line is not None:
            self._error_line = verdict.line
            if self.editor is not None:
                frame = verdict.error.frames[-1] if verdict.error and verdict.error.frames else None
                here = frame if frame is not None and frame.line == verdict.line else None
                self.editor.mark(
                    verdict.line, here.start if here else None, here.end if here else None
                )
            self.result.add(
                typeset(
                    _("Look at {place}; it is marked. `line` (Ctrl+G) goes there.").format(
                        place=place(verdict)
                    ),
                    "cue",
                )
            )

    async def action_stop(self) -> None:
        """End the run."""
        if self.session.running:
            await self.session.stop()
        else:
            self.notify(_("Nothing is running."))

    def action_curve(self) -> None:
        """Give the training all the room, or take it back."""
        self.show_pane("result")
        if not self.result.enlarge():
            self.notify(_("Nothing was trained in the last run."))

    async def action_look_at(self, pane: str) -> None:
        """Look at what the last run left behind."""
        # Late: trees and tables are wanted after a run, not at the first desk.
        from oz.tui.screens.looking import LookingScreen

        remains = self.oz.remains.get(self.spell.id)
        if self.session.running:
            self.notify(_("That can be looked at when the run is over. F6 or 'stop' ends it."))
            return
        if remains is None or not remains.anything:
            self.notify(
                _("There is nothing to look at yet. F5 or 'run' runs what you have written.")
            )
            return
        await self.app.push_screen(LookingScreen(self.spell.title, remains, pane))

    # --- leaving ------------------------------------------------------------------------------

    async def action_leave(self, *, moved: bool = False) -> None:
        """Back to the story, which is told of it, unless it has moved on by itself."""
        if not self.may_leave():
            return
        if self.session.running:
            await self.session.stop()
            self.oz.notify(_("The run was stopped."))
        if not moved and self.desk.state != "passed" and (story := self.oz.story) is not None:
            story.prose.add(typeset(_("You leave the desk. The draft stays on it."), "cue"))
        self.session.close_desk()
        self.dismiss()

    # --- typed words --------------------------------------------------------------------------

    def _is_no_answer(self, text: str) -> bool:
        """Whether what was entered for an answer is a word that nobody would answer with."""
        found = find(self.commands, text)
        return found is not None and not found[1] and found[0].action in NO_ANSWERS

    @on(Questions.Worded)
    def _worded(self, event: Questions.Worded) -> None:
        self._do(event.word)

    def _complete(self, text: str) -> tuple[str, ...]:
        words = [command.words[0] for command in self.commands]
        own = tuple(word for word in words if word.startswith(text.lower()))
        return own or self.session.completions(text)

    @on(Input.Submitted, "#prompt")
    def _submitted(self) -> None:
        line = self.query_one("#prompt", Prompt).take()
        if line:
            self._do(line)

    @on(Prose.Pointed)
    def _pointed(self, event: Prose.Pointed) -> None:
        """A name was clicked: look it up."""
        if line := in_the_book(self.session, event.name):
            self._do(line)

    def go_on(self, line: str) -> bool:
        self._do(line)
        return True

    async def do_word(self, line: str) -> bool:
        head = line.lower().split(" ", maxsplit=1)[0]
        if not await super().do_word(line):
            if head not in says("help"):
                return False
            await self.oz.action_help()  # whatever it is to be about
        return True

    def _say_waiting(self) -> None:
        self.notify(_("What has to be run for that waits until this run is over."))

    @work(group="words", exit_on_error=False)
    async def _do(self, line: str) -> None:
        with self.oz.guarded(f"answering {line!r}"):
            if self.session.reviews.asking or not await self.do_word(line):
                await self._ask_story(line)

    async def _ask_story(self, line: str) -> None:
        """What is no word of the desk is for the story; its answer is read here."""
        self.save()
        self.add_class("-has-result")
        self.show_pane("result")
        self.result.answer(typed(line))
        moved, shown = False, line
        waits = self.set_timer(WAITS_AFTER, self._say_waiting) if self.session.running else None
        async for event in self.session.submit(line):
            match event:
                case Left():
                    self.oz.leave()
                    return
                case EditorWanted():
                    self.action_edit()
                case HintShown():
                    self.result.back()
                    self.show_briefing(at_end=True)
                    self.show_pane("briefing")
                case DeskOpened(spell=spell):
                    moved = spell != self.spell.id
                case Entered():
                    moved = True
                case _:
                    await self._take([event], shown)
                    shown = "" if isinstance(event, STORY) else shown
        if waits is not None:
            waits.stop()
        self.show_state(taken=True)
        self._show_draft(self.desk.source)
        if moved:
            await self.action_leave(moved=True)
