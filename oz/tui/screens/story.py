"""The story: prose like a book, a line to type on, and the panel with the map beside it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import ClassVar

from rich.cells import cell_len
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input, Static

from oz.session import DeskOpened, EditorWanted, Left, Session, SessionEvent
from oz.session.model import Status
from oz.story.events import StageBegun, StageFinished
from oz.tongue import _, ngettext
from oz.tui import finding, shelf
from oz.tui.commands import Command, bindings, says
from oz.tui.screens.base import EVERYWHERE, READING, OzScreen, in_the_book
from oz.tui.settings import PACES
from oz.tui.telling import tell, typed
from oz.tui.typeset import Block, plain
from oz.tui.widgets.keybar import KeyBar
from oz.tui.widgets.panel import Panel
from oz.tui.widgets.prompt import Prompt
from oz.tui.widgets.prose import Prose
from oz.tui.widgets.small import TooSmall

OWN = (
    READING[0],
    Command("panel", says("panel"), _(
        "The map, the goals and what Dorothy carries, beside "
        "the story."
    ),
            "f2", _("Map")),
    Command("stages", says("stages"), _("The whole road, as far as it is known.")),
    Command("desk", says("desk"), _(
        "Go to the desk of the spell that can be cast "
        "here."
    ), "f3", _("Desk")),
    replace(READING[1], footer=_("Read back")),
    Command("search_story", says("search story", "search the story"),
            _("Find TEXT in what was told; again, further back."), "ctrl+f", takes=_("TEXT")),
    Command("search_again", says("search again"), _("Further back still."), "ctrl+n"),
    Command("review", says("review"), _("Earlier ideas, asked again before they are forgotten."),
            "f8", _("Review"), when="-due", takes=_("STAGE")),
    *shelf.COMMANDS,
    Command("run_spell", says("run"), _("Go to that desk and run the draft.")),
    Command("title", says("title"), _("Back to the title; everything is saved."), "f10"),
)  # fmt: skip
_ROAD = says("stages")
_HEAD = 6
"""Cells of the head that are left free: its two ends, and between its two sides."""
SECTIONS = {
    **dict.fromkeys(says("map"), _("Map")),
    **dict.fromkeys(says("goals"), _("Goals")),
    **dict.fromkeys(says("inventory"), _("Carrying")),
    **dict.fromkeys(_ROAD, _("The road")),
}
"""Words that open the panel, while it is not to be seen, and the section they mean."""


_DO, _ANSWER = _("what do you do?"), _("your answer, or skip, or enough")
"""What the empty line one types on asks for."""
COMMANDS = frozenset({"cast", "talk", "ask", "take", "go", "look", "read", "open", "give"})
"""Words with which a phrase in bold is a command and can be clicked."""


class StoryScreen(OzScreen):
    """One journey, being read and typed."""

    CSS_PATH = "story.tcss"
    OWN = OWN
    BINDINGS: ClassVar = bindings((*OWN, *EVERYWHERE))
    TITLE_OF_HELP = _("The story")

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._lines: asyncio.Queue[str] = asyncio.Queue()
        self._answered = ""
        self._wanted = ""
        """What was searched for last."""
        self._page = 0
        """Where the answer to the last typed line begins, in laid-out lines."""

    def compose(self) -> ComposeResult:
        with Horizontal(classes="head"):
            yield Static("", classes="where", markup=False)
            yield Static("", classes="score", markup=False)
        with Horizontal(id="body"):
            measure = int(self.oz.settings.measure)
            yield Prose(id="story", centred=True, follow=True, measure=measure)
            yield Panel(id="panel")
        with Horizontal(classes="line"):
            yield Static("›", classes="sign")
            yield Prompt(
                self.session.completions,
                history=self.session.history(),
                placeholder=_DO,
                id="prompt",
            )
        yield KeyBar(self.commands)
        yield TooSmall()

    def on_mount(self) -> None:
        self.query_one("#prompt").focus()
        self.query_one("#story").can_focus = False
        self.query_one("#panel").can_focus = False
        self.follow_reading(*self.reading())
        self.play()

    def on_screen_resume(self) -> None:
        self.show_status()
        self.query_one("#prompt").focus()

    def on_resize(self) -> None:
        self._show_head(self.session.status)
        self.call_after_refresh(self._align)

    def _align(self) -> None:
        """The line one types on stands under the prose."""
        margin = self.query_one("#story", Prose).margin
        self.query_one(".line").styles.padding = (0, 1, 0, max(0, margin - 2))

    def settings_changed(self) -> None:
        self.prose.set_measure(int(self.oz.settings.measure))
        self.call_after_refresh(self._align)

    # --- telling ------------------------------------------------------------------------------

    @property
    def prose(self) -> Prose:
        """The column of prose."""
        return self.query_one("#story", Prose)

    @work(exit_on_error=False)
    async def play(self) -> None:
        """Tell the beginning, then answer typed lines in the order in which they came."""
        with self.oz.guarded("telling the story"):
            await self._tell(self.session.begin())
        while True:
            line = await self._lines.get()
            with self.oz.guarded(f"answering {line!r}"):
                await self._answer(line)
            self._answered = line
            self._lines.task_done()

    def answered(self, line: str) -> bool:
        """Whether `line` was the last to be answered, and nothing waits."""
        return self._answered == line and self._lines.empty()

    async def _answer(self, line: str) -> None:
        if not self.session.reviews.asking and await self.do_word(line):
            return
        self._page = self.prose.length
        self.prose.add(typed(line))
        self.prose.reveal(self._page)
        await self._tell(self.session.submit(line))

    async def _tell(self, events: AsyncIterator[SessionEvent]) -> None:
        desk: str | None = None
        async for event in events:
            if isinstance(event, DeskOpened):
                desk = event.spell
            elif isinstance(event, Left):
                self.oz.leave()
            elif isinstance(event, EditorWanted):
                self.oz.edit_file(event.path)
            else:
                self.tell(event)
        self.show_status()
        if desk is not None:
            await self.oz.show_desk(desk)

    def repeat(self, line: str) -> None:
        """Set what was typed elsewhere before what it was answered with."""
        self.prose.add(typed(line))

    def tell(self, event: SessionEvent) -> None:
        """Set one event under the story."""
        if isinstance(event, StageBegun | StageFinished):
            blocks = self._chapter(event)
        else:
            blocks = tell(event, self.session.world)
        if blocks:
            begins = self.prose.length
            self.prose.add(blocks)
            self.prose.reveal(self._page)
            self.prose.unroll(begins, PACES[self.oz.settings.pace])

    def _chapter(self, event: StageBegun | StageFinished) -> list[Block]:
        title = self.session.world.stages[event.stage].title
        text = title if isinstance(event, StageBegun) else _("{title}: the end").format(title=title)
        return [Block(plain(f"· {text} ·", "chapter"), centred=True, gap=2)]

    def show_status(self) -> None:
        """Bring the header and the panel up to date."""
        status = self.session.status
        self._show_head(status)
        titles = {id: stage.title for id, stage in self.session.world.stages.items()}
        self.query_one("#panel", Panel).show(status, titles)
        asking = self.session.reviews.asking
        self.query_one("#prompt", Prompt).placeholder = _ANSWER if asking else _DO
        self.set_class(self.session.reviews.waiting, "-due")
        self.query_one(KeyBar).show()

    def _show_head(self, status: Status) -> None:
        """Where Dorothy is, and the score; the place alone where both have no room."""
        score = self._score(status)
        where = f"{status.stage_title} · {status.room_name}"
        if cell_len(where) + cell_len(score) + _HEAD > self.size.width:
            where = status.room_name
        self.query_one(".where", Static).update(where)
        self.query_one(".score", Static).update(score)

    @staticmethod
    def _score(status: Status) -> str:
        turns = ngettext("{count} turn", "{count} turns", status.turns).format(count=status.turns)
        return _("{score} of {max_score} points · {turns}").format(
            score=status.score, max_score=status.max_score, turns=turns
        )

    # --- typing -------------------------------------------------------------------------------

    @on(Input.Submitted, "#prompt")
    def _submitted(self) -> None:
        self.prose.show_all()
        line = self.query_one("#prompt", Prompt).take()
        if line:
            self._lines.put_nowait(line)

    def on_key(self) -> None:
        """Whoever touches a key has no more to wait for."""
        self.prose.show_all()

    @on(Input.Changed, "#prompt")
    def _typing(self, event: Input.Changed) -> None:
        if event.value:  # the line that was sent leaves an empty one behind, later than its answer
            self.prose.show_all()
            if self.session.reviews.asking:  # who answers wants the question before his eyes
                self.prose.scroll_end(animate=False)

    @on(Prose.Pointed)
    def _pointed(self, event: Prose.Pointed) -> None:
        """A word was clicked: do what is written in bold, look at what it names, or look it up."""
        line = self._meant(event.phrase.lower()) or in_the_book(self.session, event.name)
        line = line or self._meant(event.word.lower())
        if line:
            self._lines.put_nowait(line)

    def _meant(self, words: str) -> str:
        """The command that a click on `words` stands for; empty where it stands for none."""
        status = self.session.status
        if words in status.exits or words.split(" ", maxsplit=1)[0] in COMMANDS:
            return words
        if not words:
            return ""
        sought = words.rsplit(" ", maxsplit=1)[-1]
        beginnings = ("examine ", f"examine {sought[:2]}", f"talk to {sought[:2]}")
        seen = [line for begun in beginnings for line in self.session.completions(begun)]
        return next((line for line in seen if sought in line.lower().split(" ")), "")

    def go_on(self, line: str) -> bool:
        self._lines.put_nowait(line)
        return True

    async def do_word(self, line: str) -> bool:
        if line.lower().split(" ", maxsplit=1)[0] in {"review", _("review")}:
            return False  # the story answers it
        section = SECTIONS.get(line.lower())
        # What the story answers too is answered there, while the panel stands beside it.
        if section is not None and (not self.panel_in_sight or line.lower() in _ROAD):
            self.add_class("-panel")
            self.remove_class("-no-panel")
            self.query_one("#panel", Panel).turn_to(section)
            return True
        return await super().do_word(line)

    # --- actions ------------------------------------------------------------------------------

    @property
    def panel_in_sight(self) -> bool:
        """Whether the panel is shown."""
        return bool(self.query_one("#panel").display)

    def action_panel(self) -> None:
        """Show or hide the panel."""
        if self.has_class("-wide"):
            self.toggle_class("-no-panel")
        else:
            self.toggle_class("-panel")
        self.call_after_refresh(self._align)

    def reading(self) -> Sequence[Widget]:
        return (self.prose, self.query_one("#panel"))

    def wanted(self) -> Sequence[Widget]:
        # A panel that always stands there would always have the key shown.
        return self.reading()[:1] if self.has_class("-wide") else self.reading()

    async def action_stages(self) -> None:
        """Show the whole road in the panel."""
        await self.do_word("stages")

    def action_search_story(self, wanted: str = "") -> None:
        """Find something in what was told; without it, ask for it on the line one types on."""
        self._wanted = finding.unquoted(wanted)
        if wanted:
            self.action_search_again()
            return
        prompt = self.query_one("#prompt", Prompt)
        prompt.value = "search story "
        prompt.focus()
        prompt.cursor_position = len(prompt.value)

    def action_search_again(self) -> None:
        """The place before the one that was found."""
        if not self._wanted:
            self.action_search_story()
            return
        found = self.prose.find_older(self._wanted)
        if found is None:
            self.notify(
                _("The story on this page has no '{wanted}'.").format(wanted=self._wanted),
                markup=False,
            )
        else:
            number, count = found
            self.notify(
                _("{number} of {count}: '{wanted}'").format(
                    number=number, count=count, wanted=self._wanted
                ),
                markup=False,
                timeout=3,
            )

    async def action_run_spell(self) -> None:
        """Go to the desk and run the draft."""
        await self.action_desk(run=True)

    async def action_desk(self, *, run: bool = False) -> None:
        """Go to the desk that is open, else to that of the first spell that waits."""
        status = self.session.status
        waiting = [id for id, _, state in status.spells if state in {"tried", "open"}]
        spell = status.desk or next(iter(waiting), None)
        if spell is None:
            self.notify(_("No spell is waiting."))
            return
        await self.oz.show_desk(spell, run=run)

    def action_review(self, of: str = "") -> None:
        """Ask what is about to be forgotten."""
        self._lines.put_nowait(f"{_('review')} {of}".strip())

    def action_title(self) -> None:
        """Close the journey and show the title."""
        self.oz.go(self.oz.show_title())
