"""The model answer, beside one's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from oz.tongue import _
from oz.tui.commands import Command, bindings, says
from oz.tui.screens.base import EVERYWHERE, READING, OzScreen
from oz.tui.widgets.editor import CodeEditor
from oz.tui.widgets.keybar import KeyBar
from oz.tui.widgets.small import TooSmall

OWN = (
    Command("dismiss_screen", says("back"), _("Back to the desk."), "escape,f9,q", _("Back")),
    Command(
        "other",
        says("other"),
        _("The other of the two, where only one has room."),
        "f4,tab",
        _("Other"),
    ),
    *READING,
)


class SolutionScreen(OzScreen):
    """Two programs, neither to be changed here."""

    CSS_PATH = "solution.tcss"
    OWN = OWN
    BINDINGS: ClassVar = bindings((*OWN, *EVERYWHERE))
    TITLE_OF_HELP = _("The model answer")

    def __init__(self, title: str, yours: str, model: str, language: str | None) -> None:
        super().__init__()
        self._title = title
        self._yours = yours
        self._model = model
        self._language = language

    def compose(self) -> ComposeResult:
        with Horizontal(classes="head"):
            yield Static(self._title, classes="where", markup=False)
            yield Static(_("the model answer, beside yours"), classes="score", markup=False)
        with Horizontal(id="both"):
            with Vertical(id="model"):
                yield Static(_("A model answer"), classes="caption", markup=False)
                yield CodeEditor(self._model, language=self._language, read_only=True)
            with Vertical(id="yours"):
                yield Static(_("Yours"), classes="caption", markup=False)
                yield CodeEditor(self._yours, language=self._language, read_only=True)
        yield KeyBar(self.commands)
        yield TooSmall()

    def on_mount(self) -> None:
        for editor in self.query(CodeEditor):
            editor.soft_wrap = True  # it is here to be read, to the end of every line
        self.query_one("#model CodeEditor").focus()
        self.follow_reading(*self.query(CodeEditor))

    def reading(self) -> Sequence[Widget]:
        editors = list(self.query(CodeEditor))
        return sorted(editors, key=lambda editor: not editor.has_focus)

    def action_other(self) -> None:
        """Turn to the other program."""
        if self.has_class("-narrow"):
            self.toggle_class("-yours")
            side = "#yours" if self.has_class("-yours") else "#model"
            self.query_one(f"{side} CodeEditor").focus()
        else:
            self.focus_next()
