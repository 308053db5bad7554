"""Attempts at a spell, the newest first: their code, what became of them, and one brought back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from oz.crucible.model import Reason
from oz.saves import Attempt
from oz.session.words import OUTCOMES
from oz.tongue import _, short
from oz.tui.commands import Command, bindings, says
from oz.tui.differing import compared
from oz.tui.screens.base import EVERYWHERE, READING, OzScreen
from oz.tui.typeset import code_block
from oz.tui.widgets.keybar import KeyBar
from oz.tui.widgets.panes import PaneBar
from oz.tui.widgets.prose import Prose
from oz.tui.widgets.small import TooSmall

PANES = ("code", "changes")
OWN = (
    Command("dismiss_screen", says("back"), _("Back to the desk."), "escape,q", _("Back")),
    Command("pane('code')", says("code"), _("The code of the attempt."), "f2"),
    Command("pane('changes')", says("changes"), _("How your draft differs from it now."), "f3"),
    Command("restore", says("restore"), _(
        "Put its code into the editor; undo brings yours "
        "again."
    ),
            "f5,enter", _("Bring back")),
    *READING,
)  # fmt: skip


class AttemptsScreen(OzScreen):
    """`made`: attempts, oldest first. `restore` takes the code of the one that is brought back."""

    CSS_PATH = "attempts.tcss"
    OWN = OWN
    BINDINGS: ClassVar = bindings((*OWN, *EVERYWHERE))
    TITLE_OF_HELP = _("Attempts")

    def __init__(
        self,
        title: str,
        draft: str,
        made: Sequence[Attempt],
        restore: Callable[[str], None],
        language: str = "python",
    ) -> None:
        super().__init__()
        self._title = title
        self._draft = draft
        self._made = list(reversed(made))
        self._restore = restore
        self._language = language
        self._front = PANES[0]

    def compose(self) -> ComposeResult:
        with Horizontal(classes="head"):
            yield Static(self._title, classes="where", markup=False)
            yield Static(_("attempts, the newest first"), classes="score", markup=False)
        yield PaneBar(PANES, id="panes")
        with Horizontal(id="both"):
            yield OptionList(*self._rows(), markup=False, compact=True, id="made")
            yield Prose(id="one", measure=200)
        yield KeyBar(self.commands)
        yield TooSmall()

    def on_mount(self) -> None:
        self.query_one("#made").focus()
        self.query_one(PaneBar).show(self._front)
        self.follow_reading(*self.reading())

    def reading(self) -> Sequence[Widget]:
        return (self.query_one("#one"),)

    def _rows(self) -> list[Option]:
        casts = sum(attempt.reason is not None for attempt in self._made)
        rows = []
        for attempt in self._made:
            number = "    "
            if attempt.reason is not None:
                number, casts = f"{casts:>3} ", casts - 1
            rows.append(Option(f"{number}{_when(attempt)}  {_outcome(attempt)}"))
        return rows

    @property
    def _chosen(self) -> Attempt:
        return self._made[self.query_one("#made", OptionList).highlighted or 0]

    @on(OptionList.OptionHighlighted)
    def _show(self) -> None:
        attempt, prose = self._chosen, self.query_one("#one", Prose)
        if self._front == "code":
            prose.set_blocks(code_block(attempt.code.rstrip("\n"), language=self._language))
        else:
            same = _("Your draft is the same, line for line.")
            prose.set_blocks(compared(attempt.code, self._draft, same=same))
        prose.scroll_home(animate=False)

    def action_pane(self, name: str) -> None:
        """Show the code of the attempt, or how the draft differs from it."""
        self._front = name
        self.query_one(PaneBar).show(name)
        self._show()

    def action_restore(self) -> None:
        """Bring the attempt back."""
        self._restore(self._chosen.code)
        self.dismiss()


def _when(attempt: Attempt) -> str:
    try:
        return short(datetime.fromisoformat(attempt.at).astimezone())
    except ValueError:
        return " " * 12


def _outcome(attempt: Attempt) -> str:
    if attempt.reason is None:
        return _("put aside, not cast")
    try:
        return OUTCOMES.get(Reason(attempt.reason), attempt.reason)
    except ValueError:
        return attempt.reason
