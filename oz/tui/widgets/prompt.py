"""The line one types on: history with up and down, and a ghost of what it could become.

Knows nothing of the story: what a line could become, and what was typed before, are given to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.suggester import Suggester
from textual.widgets import Input

from oz.tongue import _

Completer = Callable[[str], Sequence[str]]
"""Gives whole lines that a text could become, best first."""


class _Ghost(Suggester):
    """The best completion that continues what is typed, letter for letter."""

    def __init__(self, complete: Completer) -> None:
        # The things in sight change with every turn, so nothing may be remembered.
        super().__init__(use_cache=False, case_sensitive=True)
        self._complete = complete

    async def get_suggestion(self, value: str) -> str | None:
        if not value.strip():
            return None
        for line in self._complete(value):
            if line.lower().startswith(value.lower()) and len(line) > len(value):
                return value + line[len(value) :]
        return None


class Prompt(Input):
    """A command line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "older", _("Earlier line"), show=False),
        Binding("down", "newer", _("Later line"), show=False),
        Binding("tab", "complete", _("Complete"), show=False),
    ]

    def __init__(
        self,
        complete: Completer,
        *,
        history: Sequence[str] = (),
        placeholder: str = "",
        id: str | None = None,
    ) -> None:
        super().__init__(
            placeholder=placeholder,
            suggester=_Ghost(complete),
            select_on_focus=False,
            compact=True,
            id=id,
        )
        self._complete = complete
        self._history = list(history)
        self._at = len(self._history)
        self._begun = ""
        """What was being typed before the history was leafed through."""
        self._cycle: tuple[tuple[str, ...], int] | None = None
        """Completions being leafed through by tab, and which is shown."""

    def remember(self, line: str) -> None:
        """Add a line to the history and be ready for the next."""
        if line and (not self._history or self._history[-1] != line):
            self._history.append(line)
        self._at = len(self._history)
        self._begun = ""

    def take(self) -> str:
        """The line typed, which is remembered and cleared away."""
        line = self.value.strip()
        self.value = ""
        self._cycle = None
        self.remember(line)
        return line

    def action_older(self) -> None:
        """Show the line before."""
        if self._at == len(self._history):
            self._begun = self.value
        self._show(max(0, self._at - 1))

    def action_newer(self) -> None:
        """Show the line after; after the last, what was being typed."""
        self._show(min(len(self._history), self._at + 1))

    def _show(self, at: int) -> None:
        self._at = at
        self.value = self._begun if at == len(self._history) else self._history[at]
        self.cursor_position = len(self.value)

    def action_complete(self) -> None:
        """Take the ghost; pressed again, the next completion."""
        if self._cycle is not None and self.value == self._cycle[0][self._cycle[1]]:
            lines, at = self._cycle
            self._cycle = (lines, (at + 1) % len(lines))
        else:
            lines = tuple(self._complete(self.value)) if self.value.strip() else ()
            self._cycle = (lines, 0) if lines else None
        if self._cycle is None:
            return
        lines, at = self._cycle
        self.value = lines[at]
        self.cursor_position = len(self.value)
