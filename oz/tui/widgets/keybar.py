"""The keys of a screen in one line at its foot, in one order, as many as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from oz.tui.commands import Command, shown_keys


class KeyBar(Static):
    """``F5 Run   F7 Hint   F1 Help``; each can be clicked."""

    auto_links = False
    """They are keys, not links: no underline."""

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__("", markup=False, id="keybar")
        self._commands = [command for command in commands if command.footer]

    def on_resize(self) -> None:
        self.show()

    def show(self) -> None:
        """Bring it up to date with what can be done just now."""
        self.update(self.line(self.content_size.width))

    def _is_shown(self, command: Command) -> bool:
        when = command.when.removeprefix("!")
        holds = self.screen.has_class(when) or self.has_class(when)
        return not when or holds != command.when.startswith("!")

    def line(self, width: int) -> Content:
        """The keys that fit into `width` cells; the last two (help, quit) stay longest."""
        parts = [self._part(command) for command in self._commands if self._is_shown(command)]
        while len(parts) > 2 and sum(part.cell_length + 3 for part in parts) - 3 > width:
            parts.pop(-3)
        return Content("   ").join(parts)

    def _part(self, command: Command) -> Content:
        key = shown_keys(command).split(", ")[0]
        action = command.action if "." in command.action else f"screen.{command.action}"
        label = command.turned if command.turned and self.has_class("-turned") else command.footer
        part = Content.assemble((key, "bold $primary"), " ", (label, "$muted"))
        return part.stylize(Style.from_meta({"@click": action}))
