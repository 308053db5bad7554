"""One's own draft against other texts: the starter, the attempt before, the model answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from oz.tongue import _
from oz.tui.commands import Command, bindings, says
from oz.tui.differing import compared
from oz.tui.screens.base import EVERYWHERE, READING, OzScreen
from oz.tui.widgets.keybar import KeyBar
from oz.tui.widgets.panes import PaneBar
from oz.tui.widgets.prose import Prose
from oz.tui.widgets.small import TooSmall

OWN = (
    Command("dismiss_screen", says("back"), _("Back to the desk."), "escape,q", _("Back")),
    Command("number(0)", says("first"), _("Against the first of the texts."), "f2"),
    Command("number(1)", says("second"), _("Against the second."), "f3"),
    Command("number(2)", says("third"), _("Against the third."), "f4"),
    *READING,
)


class ComparingScreen(OzScreen):
    """`others`: texts by name, to each of which `yours` is compared."""

    CSS_PATH = "comparing.tcss"
    OWN = OWN
    BINDINGS: ClassVar = bindings((*OWN, *EVERYWHERE))
    TITLE_OF_HELP = _("The draft compared")

    def __init__(self, title: str, yours: str, others: Mapping[str, str]) -> None:
        super().__init__()
        self._title = title
        self._yours = yours
        self._others = others

    @property
    def commands(self) -> tuple[Command, ...]:
        return (*OWN[: len(self._others) + 1], *READING, *EVERYWHERE)

    def compose(self) -> ComposeResult:
        with Horizontal(classes="head"):
            yield Static(self._title, classes="where", markup=False)
            yield Static(_("- there   + in your draft"), classes="score", markup=False)
        yield PaneBar(tuple(self._others), id="panes")
        yield Prose(id="differences", measure=200)
        yield KeyBar(self.commands)
        yield TooSmall()

    def on_mount(self) -> None:
        self.query_one("#differences").focus()
        self.follow_reading(*self.reading())
        self.action_pane(next(iter(self._others)))

    def reading(self) -> Sequence[Widget]:
        return (self.query_one("#differences"),)

    def action_number(self, number: int) -> None:
        """Compare with the text of this number."""
        if number < len(self._others):
            self.action_pane(list(self._others)[number])

    def action_pane(self, name: str) -> None:
        """Compare with the text of this name."""
        prose = self.query_one("#differences", Prose)
        same = _("Your draft is the same, line for line.")
        prose.set_blocks(compared(self._others[name], self._yours, same=same))
        prose.scroll_home(animate=False)
        self.query_one(PaneBar).show(name)
