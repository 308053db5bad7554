"""What all screens share: commands said once, and breakpoints for their stylesheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.screen import Screen

from oz.tongue import _
from oz.tui.commands import Command, find, says
from oz.tui.themes import NAMES
from oz.tui.widgets.small import LEAST_COLUMNS, LEAST_ROWS

if TYPE_CHECKING:
    from oz.session import Session
    from oz.tui.app import OzApp

EVERYWHERE = (
    Command("app.help", says("help", "keys"), _("Keys and words of this screen."), "f1", _("Help")),
    Command(
        "app.next_theme",
        says("theme"),
        _("Colours: {listed}; without a name, the next of them.").format(listed=", ".join(NAMES)),
        takes=_("NAME"),
    ),
    Command(
        "app.settings",
        says("settings", "options"),
        _("Colours, line length, pictures, completion."),
    ),
    Command("app.command_palette", says("palette", "commands"), _("Find any command."), "ctrl+p"),
    Command(
        "app.quit",
        says("quit", "q"),
        _("Leave the game; everything is saved."),
        "ctrl+q",
        _("Quit"),
    ),
)
"""Commands of every screen."""


def in_the_book(session: Session, name: str) -> str:
    """The line that looks the dotted `name` up; empty where the book of reference has it not."""
    line = f"reference {name}"
    return line if name and line in session.completions(line[:-1]) else ""


class OzScreen(Screen[None]):
    """A screen of the game."""

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual's own annotation
        (0, "-tiny"),
        (LEAST_COLUMNS, "-narrow"),
        (100, "-wide"),
        (160, "-broad"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-flat"),
        (LEAST_ROWS, "-short"),
        (22, "-fair"),
        (32, "-tall"),
    ]
    OWN: ClassVar[tuple[Command, ...]] = ()
    """Commands of this screen."""
    TITLE_OF_HELP: ClassVar[str] = ""

    @property
    def oz(self) -> OzApp:
        """The app, by its own type."""
        return cast("OzApp", self.app)

    @property
    def commands(self) -> tuple[Command, ...]:
        """Everything that can be done here."""
        return (*self.OWN, *EVERYWHERE)

    def settings_changed(self) -> None:
        """A setting was changed; what it concerns is shown anew."""

    async def do_word(self, line: str) -> bool:
        """Do what the typed line says, if it is a command of this screen."""
        found = find(self.commands, line)
        if found is None:
            return False
        command, rest = found
        if command.action == "app.next_theme" and rest:
            self.oz.use_theme(rest)
        elif rest and not command.takes:
            return False
        elif rest:
            await self.run_action(f"{command.action}({rest!r})")
        else:
            await self.run_action(command.action)
        return True

    async def action_dismiss_screen(self) -> None:
        """Close this screen."""
        self.dismiss()
