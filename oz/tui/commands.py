"""What can be done on a screen, said once: its key, its word, its line of help.

Bindings, the footer, the command palette, the words of a command line and the help page are all
made from these, so that every key can also be typed and nothing is left out of the help.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding, BindingType

from oz.tongue import _


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a player can do."""

    action: str
    """Textual action, for example ``run`` or ``app.quit``."""
    words: tuple[str, ...]
    """What can be typed for it; the first is the one that is shown."""
    help: str
    """One line."""
    keys: str = ""
    """Key names of Textual, separated by commas; the first is shown."""
    footer: str = ""
    """Label in the footer; empty: not there."""
    when: str = ""
    """Class that the screen, or its bar of keys, must have for the footer to show it; with a ``!``
    before it, must not have. The key works always."""
    turned: str = ""
    """Label in the footer while the bar of keys is ``-turned``; empty: the same."""
    key_shown: str = ""
    takes: str = ""
    """What may follow the word, for the help page; empty: nothing may."""


def says(first: str, *more: str) -> tuple[str, ...]:
    """What can be typed for a command: the word of the language that is spoken, which is shown,
    and the English ones, which are always understood."""
    return tuple(dict.fromkeys((_(first), first, *more)))


def bindings(commands: Iterable[Command]) -> list[BindingType]:
    """Textual bindings for the commands. They win over the focused widget's own."""
    return [
        Binding(
            command.keys,
            command.action,
            command.footer or command.words[0],
            show=bool(command.footer),
            key_display=command.key_shown or None,
            priority=True,
        )
        for command in commands
        if command.keys
    ]


def find(commands: Iterable[Command], line: str) -> tuple[Command, str] | None:
    """The command that a typed line means, and what follows its word."""
    typed = " ".join(line.split())
    best: tuple[Command, str] | None = None
    longest = 0
    for command in commands:
        for word in command.words:
            is_meant = f"{typed.lower()} ".startswith(f"{word} ")
            if is_meant and len(word) > longest:
                best, longest = (command, typed[len(word) :].strip()), len(word)
    return best


_KEYS = {
    "pageup": _("PgUp"), "pagedown": _("PgDn"), "underscore": "/", "escape": "Esc",
    "ctrl": _("Ctrl"), "shift": _("Shift"), "right": _("Right"), "left": _("Left"),
    "enter": _("Enter"), "space": _("Space"), "up": _("Up"), "down": _("Down"),
    "home": _("Home"), "end": _("End"), "delete": _("Delete"),
}  # fmt: skip


def shown_keys(command: Command) -> str:
    """The command's keys in words a player knows: ``F5, Ctrl+J``."""
    return ", ".join(
        "+".join(_KEYS.get(part, part.capitalize()) for part in key.split("+"))
        for key in command.keys.split(",")
        if key and key != "ctrl+slash"
    )
