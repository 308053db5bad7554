"""A screen that is one page to be read, from its beginning: a head, the page, the keys."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from oz.tui.screens.base import OzScreen
from oz.tui.typeset import Block
from oz.tui.widgets.keybar import KeyBar
from oz.tui.widgets.prose import Prose
from oz.tui.widgets.small import TooSmall


class PageScreen(OzScreen):
    """One page, over whatever screen was there."""

    CSS_PATH = "page.tcss"

    def heads(self) -> tuple[str, str]:
        """What stands at the left and at the right of the head."""
        raise NotImplementedError

    def blocks(self) -> list[Block]:
        """The page."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        left, right = self.heads()
        with Horizontal(classes="head"):
            yield Static(left, classes="where", markup=False)
            yield Static(right, classes="score", markup=False)
        yield Prose(self.blocks(), id="page", centred=True, measure=76)
        yield KeyBar(self.commands)
        yield TooSmall()

    def on_mount(self) -> None:
        self.query_one("#page").focus()
        self.follow_reading(*self.reading())

    def reading(self) -> Sequence[Widget]:
        return (self.query_one("#page"),)
