"""The line that says which panes there are, and which one is in front, where only one has room."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from oz.tongue import _

FIRST_KEY = 2
"""The panes are on F2 and the keys after it."""


class PaneBar(Static):
    """``F2 Briefing   F3 Code   F4 Result``, the one in front between brackets and in bold."""

    auto_links = False
    """They are keys, not links: no underline."""

    def __init__(self, panes: Sequence[str], *, id: str | None = None) -> None:
        super().__init__("", markup=False, id=id)
        self._panes = panes

    def show(self, front: str) -> None:
        """Say that `front` is in front."""
        parts: list[Content] = []
        for number, pane in enumerate(self._panes, start=FIRST_KEY):
            name = f"F{number} {_(pane).capitalize()}"
            part = (
                Content.assemble((f"[{name}]", "bold $primary"))
                if pane == front
                else Content.assemble((f" {name} ", "$muted"))
            )
            parts.append(part.stylize(Style.from_meta({"@click": f"screen.pane('{pane}')"})))
        self.update(Content("  ").join(parts))
