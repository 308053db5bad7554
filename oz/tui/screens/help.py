"""Help: the keys and words of the screen it was asked on, and how to play in a few lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from oz.tongue import _
from oz.tui.commands import Command, bindings, says, shown_keys
from oz.tui.screens.base import EVERYWHERE, READING
from oz.tui.screens.page import PageScreen
from oz.tui.typeset import Block, plain, typeset

OWN = (
    Command("dismiss_screen", says("back"), _("Close this page."), "escape,f1,q", _("Back")),
    *READING,
)
PLAY = _("""
Type what Dorothy does, in a few words: `look`, `examine the ledger` (or `x ledger`), `take egg`,
`go north` (or `n`), `talk to Aunt Em`, `ask her about the cyclone`, `give egg to Boq`,
`inventory` (`i`). `undo` takes a turn back; `again` (`g`) repeats it. Several commands can stand
in one line, with `then` between them. With a mouse, click on the name of anything in sight.

Where the story offers a spell, `cast` opens its desk. Write the code there and run it; the game
runs it for real and says what differs. `hint` gives a nudge first and more later. Nothing can be
lost: drafts and turns are saved as they are made.
""")
EDITING = (
    (_("Tab, Shift+Tab"), _("Indent, dedent; with a selection, all its lines.")),
    (_("Ctrl+Z, Ctrl+Y"), _("Undo, redo; also across runs and a reset.")),
    (_("Ctrl+X, Ctrl+C, Ctrl+V"), _("Cut, copy, paste.")),
)


class HelpScreen(PageScreen):
    """A page of help over whatever screen was there."""

    OWN = OWN
    BINDINGS: ClassVar = bindings(
        (*OWN, *(command for command in EVERYWHERE if command.action != "app.help"))
    )

    @property
    def commands(self) -> tuple[Command, ...]:
        return (*OWN, *(command for command in EVERYWHERE if command.action != "app.help"))

    def __init__(self, title: str, commands: Sequence[Command], *, editing: bool = False) -> None:
        super().__init__()
        self._title = title
        self._commands = commands
        self._editing = editing

    def heads(self) -> tuple[str, str]:
        return _("Help"), self._title

    def blocks(self) -> list[Block]:
        blocks = [Block(plain(_("How to play"), "heading")), *typeset(PLAY)]
        blocks.append(
            Block(plain(_("{title}: keys and words").format(title=self._title), "heading"), gap=2)
        )
        rows = [(shown_keys(command), _words(command), command.help) for command in self._commands]
        keys, words = (max(15, *(cell_len(row[n]) for row in rows)) for n in (0, 1))
        for number, row in enumerate(rows):
            blocks.append(_row(*row, first=number == 0, cells=(keys, words)))
        if self._editing:
            blocks.append(Block(plain(_("In the editor"), "heading"), gap=2))
            for number, (shown, does) in enumerate(EDITING):
                blocks.append(_row(shown, "", does, first=number == 0, cells=(25, 0)))
        return blocks


def _words(command: Command) -> str:
    return command.words[0] + (f" {command.takes}" if command.takes else "")


def _row(keys: str, words: str, does: str, *, first: bool, cells: tuple[int, int]) -> Block:
    lead = Content.styled(set_cell_size(keys, cells[0]) + " ", "strong")
    if cells[1]:
        lead += Content.styled(set_cell_size(words, cells[1]) + " ", "code")
    return Block(Content(does), lead=lead, gap=1 if first else 0)
