"""Help: the keys and words of the screen it was asked on, and how to play in a few lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

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
        for number, command in enumerate(self._commands):
            words = command.words[0] + (f" {command.takes}" if command.takes else "")
            blocks.append(_row(shown_keys(command), words, command.help, first=number == 0))
        if self._editing:
            blocks.append(Block(plain(_("In the editor"), "heading"), gap=2))
            for number, (keys, does) in enumerate(EDITING):
                blocks.append(_row(keys, "", does, first=number == 0, wide=True))
        return blocks


def _row(keys: str, words: str, does: str, *, first: bool, wide: bool = False) -> Block:
    head = Content.styled(f"{keys:<25} " if wide else f"{keys:<15} ", "strong")
    return Block(
        Content(does),
        lead=head if wide else head + Content.styled(f"{words:<15} ", "code"),
        gap=1 if first else 0,
    )
