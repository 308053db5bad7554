"""A book to look things up in: a list by stage, the page of what is chosen, a line below.

What is typed on the line narrows the list down as it is typed; a word of the screen is done with
enter. What is in the list and on a page is for the screens that are made from this.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from oz.session import Session
from oz.tongue import _
from oz.tui.commands import Command, find, says
from oz.tui.screens.base import EVERYWHERE, READING, OzScreen
from oz.tui.typeset import Block, plain
from oz.tui.widgets.keybar import KeyBar
from oz.tui.widgets.prose import Prose
from oz.tui.widgets.small import TooSmall

MEASURE = 92
"""Cells of a line of a page, at most."""
BACK = Command("dismiss_screen", says("back", "leave"), _("Close the book."), "escape", _("Back"))
TURNING = (
    Command("turn", says("page"), _("From the list to its page, for the arrow keys, and back."),
            "tab", _("Page")),
    Command("list", says("list"), _("To the list.")),
    Command("wide", says("wide"),
            _("The page alone, over the whole width; once more, the list beside "
            "it."), "f2", _("Wide")),
    *READING,
)  # fmt: skip
"""Commands of every such book, besides `BACK`."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list."""

    id: str
    label: str
    heading: bool = False
    """It stands above the rows after it, and stays in the list with any of them."""
    words: str = ""
    """What it can be found by, beside its label."""

    def has(self, wanted: Sequence[str]) -> bool:
        """Whether all that is wanted occurs in it."""
        known = f"{self.label} {self.words}".lower()
        return all(word in known for word in wanted)


def narrowed(rows: Sequence[Row], typed: str) -> list[Row]:
    """The rows in which all that was typed occurs, under their headings."""
    wanted = typed.lower().split()
    if not wanted:
        return list(rows)
    found: list[Row] = []
    heading: Row | None = None
    for row in rows:
        if row.heading:
            heading = row
        if row.has(wanted):
            if heading is not None and heading not in found:
                found.append(heading)
            if row is not heading:
                found.append(row)
    return found


class VolumeScreen(OzScreen):
    """`name`: the row to open at; empty: the first."""

    CSS_PATH = "volume.tcss"
    HEAD: ClassVar[str]
    """What the book is called."""
    EMPTY: ClassVar[str]
    """What is said where there is nothing in it."""

    def __init__(self, session: Session, row: str = "") -> None:
        super().__init__()
        self.session = session
        self._rows: tuple[Row, ...] = ()
        self._shown: list[Row] = []
        """Those that are in the list now."""
        self._front = row
        """Id of the row whose page is shown."""
        self._before: str | None = None
        """The row that was in front when the typing began."""

    # --- for the books ------------------------------------------------------------------------

    def rows(self) -> Sequence[Row]:
        """What is in the list."""
        raise NotImplementedError

    def page(self, row: str) -> list[Block]:
        """The page of a row."""
        raise NotImplementedError

    def caption(self) -> str:
        """What stands at the right of the head."""
        raise NotImplementedError

    def choose(self, row: str) -> None:  # noqa: ARG002 - books differ in what they do with it
        """Enter was pressed on a row."""
        self.action_turn(page=True)

    # --- parts --------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        self._rows = tuple(self.rows())
        with Horizontal(classes="head"):
            yield Static(self.HEAD, classes="where", markup=False)
            yield Static(self.caption(), classes="score", markup=False)
        with Horizontal(id="both"):
            yield OptionList(markup=False, compact=True, id="rows")
            yield Prose(id="page", measure=MEASURE)
        with Horizontal(classes="line"):
            yield Static("›", classes="sign")
            yield Input(
                placeholder=_("type to narrow the list down, or a word: back, wide, page …"),
                select_on_focus=False,  # the letter that brought one here is to be gone on from
                compact=True,
                id="prompt",
            )
        yield KeyBar(self.commands)
        yield TooSmall()

    def on_mount(self) -> None:
        self._list(self._rows, self._front)
        self.query_one("#rows").focus()
        self.follow_reading(*self.reading())
        if not self._rows:
            self.query_one("#page", Prose).set_blocks([Block(plain(self.EMPTY))])

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_chosen)

    def _list(self, rows: Sequence[Row], front: str) -> None:
        """Put these rows into the list, with the one called `front` chosen; where it is narrowed
        down, no heading."""
        options = self.query_one("#rows", OptionList)
        self._shown = list(rows)
        options.clear_options()
        options.add_options(Option(_label(row), id=row.id) for row in rows)
        if rows:
            whole = len(rows) == len(self._rows)
            fit = [n for n, row in enumerate(rows) if whole or not row.heading] or [0]
            options.highlighted = next((n for n in fit if rows[n].id == front), fit[0])
            self.call_after_refresh(self._show_chosen)

    def _show_chosen(self) -> None:
        """Have the chosen row stand with what is before and after it in sight."""
        options = self.query_one("#rows", OptionList)
        above = options.scrollable_content_region.height // 3
        options.scroll_to(y=max(0, (options.highlighted or 0) - above), animate=False)

    # --- the page -----------------------------------------------------------------------------

    @on(OptionList.OptionHighlighted, "#rows")
    def _turned(self, event: OptionList.OptionHighlighted) -> None:
        if event.option.id is not None:
            self._front = event.option.id
            self.show_page()

    def show_page(self, *, anew: bool = True) -> None:
        """Show the page of the row in front; `anew`: from its top."""
        prose = self.query_one("#page", Prose)
        prose.set_blocks(self.page(self._front))
        if anew:
            prose.scroll_home(animate=False)

    @on(OptionList.OptionSelected, "#rows")
    def _selected(self, event: OptionList.OptionSelected) -> None:
        if event.option.id is not None:
            self.choose(event.option.id)

    # --- the line -----------------------------------------------------------------------------

    @on(Input.Changed, "#prompt")
    def _typed(self, event: Input.Changed) -> None:
        if event.value and self._before is None:
            self._before = self._front
        self._list(narrowed(self._rows, event.value), self._front)
        if not event.value:
            self._before = None

    @on(Input.Submitted, "#prompt")
    def _submitted(self, event: Input.Submitted) -> None:
        line, before = event.value.strip(), self._before
        if find(self.commands, line) is not None:
            if before is not None:
                self._go(before)
            self._do(line)
        elif line and not self._shown:
            self.notify(_("Nothing here has '{line}'.").format(line=line), markup=False)
            return
        elif self._front:
            self.choose(self._front)
        self._before = None
        event.input.value = ""

    def _go(self, row: str) -> None:
        """Turn to the page of a row, which may not be in the list just now."""
        self._front = row
        self._list(self._rows, row)

    @work(group="words", exit_on_error=False)
    async def _do(self, line: str) -> None:
        with self.oz.guarded(f"answering {line!r}"):
            await self.do_word(line)

    def on_key(self, event: events.Key) -> None:
        """The arrows move in the list from the line, and a letter goes to the line from
        anywhere."""
        prompt, letter = self.query_one("#prompt", Input), event.character or ""
        if self.focused is prompt and event.key in {"up", "down"}:
            event.stop()
            options = self.query_one("#rows", OptionList)
            if event.key == "up":
                options.action_cursor_up()
            else:
                options.action_cursor_down()
        elif event.is_printable and not letter.isspace():
            event.stop()
            self.set_focus(prompt)
            prompt.insert_text_at_cursor(letter)

    # --- actions ------------------------------------------------------------------------------

    @property
    def commands(self) -> tuple[Command, ...]:
        return (*self.OWN, *EVERYWHERE)

    def action_turn(self, *, page: bool = False) -> None:
        """To the page, or back to the list."""
        prose = self.query_one("#page")
        if page or self.focused is not prose:
            prose.focus()
        else:
            self.action_list()

    def action_list(self) -> None:
        """To the list."""
        self.remove_class("-alone")
        self.query_one("#rows").focus()

    def action_wide(self) -> None:
        """Give the page the whole width, or show the list beside it again."""
        self.toggle_class("-alone")
        self.query_one("#page" if self.has_class("-alone") else "#rows").focus()

    def reading(self) -> Sequence[Widget]:
        return (self.query_one("#page"),)


def _label(row: Row) -> Content:
    if row.heading:
        return Content.styled(row.label, "bold $primary")
    return Content(f"  {row.label}")
