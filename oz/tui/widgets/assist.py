"""The line under the code that says what it could become: names to choose from, or a signature.

Asks while the player types, a moment after the last key; the first name's end stands as a ghost at
the cursor. Nothing waits for an answer.
"""

from __future__ import annotations

import re

from textual import work
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from oz.tui.completion.client import Completer, Suggestion
from oz.tui.widgets.editor import CodeEditor

AFTER = 0.12
"""Seconds after the last key."""


class Assist(Static):
    """One line; empty where there is nothing to say."""

    def __init__(self, completer: Completer, *, id: str | None = None) -> None:
        super().__init__("", markup=False, id=id)
        self._completer = completer
        self._timer: Timer | None = None

    def follow(self, editor: CodeEditor) -> None:
        """The cursor of `editor` has moved, or something was typed."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(AFTER, lambda: self._ask(editor))

    @work(group="assist", exit_on_error=False)
    async def _ask(self, editor: CodeEditor) -> None:
        source, place = editor.text, editor.cursor_location
        found = await self._completer.ask(source, place[0] + 1, place[1])
        if found is None or (source, place) != (editor.text, editor.cursor_location):
            return
        editor.suggest(found.rest)
        self.update(told(found, self.size.width))


def told(found: Suggestion, width: int) -> Content:
    """The signature, with the parameter that is being given in bold; else the names."""
    if found.signature and not found.rest:
        return _signature(found.signature, found.argument, width)
    if not found.names or not found.rest:
        return Content("")
    names = "  ".join(found.names)
    key = "Tab "
    return Content.assemble((key, "bold $primary"), (names[: max(0, width - len(key))], "$muted"))


def _signature(signature: str, argument: str, width: int) -> Content:
    """`signature` in `width` cells, cut at its end, or before the parameter that matters."""
    found = re.search(rf"[(\s,]({re.escape(argument)})[=,)]", signature) if argument else None
    start, end = found.span(1) if found else (0, 0)
    shift = max(0, end - width + 2)
    shown = signature[shift:]
    shown = shown if len(shown) <= width else shown[: max(0, width - 1)] + "…"
    content = Content.styled(shown, "$muted")
    return content.stylize("bold $foreground", max(0, start - shift), max(0, end - shift))
