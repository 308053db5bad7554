"""The settings, one a line: what can be chosen, what is, and what it means. Kept at once."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from oz.tongue import _
from oz.tui.commands import Command, bindings, says
from oz.tui.screens.base import EVERYWHERE, OzScreen
from oz.tui.settings import CHOICES, VALUES, Choice, next_value
from oz.tui.widgets.keybar import KeyBar
from oz.tui.widgets.small import TooSmall

OWN = (
    Command("dismiss_screen", says("back"), _("Back; everything is kept."), "escape,q", _("Back")),
    Command("change(1)", says("change"), _("The next value."), "right,enter,space", _("Change")),
    Command("change(-1)", says("change back"), _("The value before."), "left"),
)


class SettingsScreen(OzScreen):
    """All settings, over whatever screen was there."""

    CSS_PATH = "settings.tcss"
    OWN = OWN
    BINDINGS: ClassVar = bindings((*OWN, *EVERYWHERE))
    TITLE_OF_HELP = _("Settings")

    def compose(self) -> ComposeResult:
        with Horizontal(classes="head"):
            yield Static(_("Settings"), classes="where", markup=False)
            yield Static(_("for every journey"), classes="score", markup=False)
        yield OptionList(*(self._row(choice) for choice in CHOICES), id="choices")
        yield Static("", markup=False, id="meaning")
        yield KeyBar(self.commands)
        yield TooSmall()

    def on_mount(self) -> None:
        choices = self.query_one(OptionList)
        choices.highlighted = 0
        choices.focus()

    def _row(self, choice: Choice) -> Option:
        chosen = getattr(self.oz.settings, choice.name)
        parts = [
            Content.styled(f"[{VALUES.get(value, value)}]", "bold $primary")
            if value == chosen
            else Content.styled(f" {VALUES.get(value, value)} ", "$muted")
            for value in choice.values
        ]
        return Option(Content.assemble(f"{choice.title:<14}", *parts), id=choice.name)

    @on(OptionList.OptionHighlighted)
    def _explain(self, event: OptionList.OptionHighlighted) -> None:
        self.query_one("#meaning", Static).update(CHOICES[event.option_index].help)

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self.action_change(1)

    def action_change(self, by: int) -> None:
        """Choose the next value of the setting in front, or the one before."""
        choices = self.query_one(OptionList)
        choice = CHOICES[choices.highlighted or 0]
        self.oz.choose(choice.name, next_value(self.oz.settings, choice, by))
        choices.replace_option_prompt(choice.name, self._row(choice).prompt)
