"""What the player's program prints: a log that takes floods in bulk, markup off."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.cells import cell_len, chop_cells
from textual.widgets import Log

from oz.crucible.model import Dropped, Event, Output, Warned
from oz.tongue import _

_CONTROL = re.compile(
    r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\].*?(?:\x07|\x1b\\)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)
_WIDEST = 4
"""Characters to a cell that are looked at: accents that combine have no cell of their own."""


class OutputLog(Log):
    """Output of one run. Never parsed as markup."""

    MAX_LINES = 20_000
    """The crucible keeps 256 KiB of output, so this is not reached by ordinary lines."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(highlight=False, max_lines=self.MAX_LINES, id=id)
        self._open = False
        """The last line has not ended: what comes next continues it."""
        self._whole: list[str] = []
        """Its lines, before those that are too wide went on below."""
        self._folds = 1
        """Rows that the last of them takes."""
        self._cells = 0
        self._at_end = True
        """Nobody has scrolled away from the newest line."""
        self.anything = False

    def start(self) -> None:
        """Forget the last run."""
        self.clear()
        self._open = False
        self._whole.clear()
        self._at_end = True
        self.anything = False

    def take(self, events: Iterable[Event]) -> None:
        """Show the output among `events`, all of it in one write."""
        text = "".join(_text_of(event) for event in events)
        if not text:
            return
        following = self._at_end or not self.anything
        self.anything = True
        lines = _CONTROL.sub("", text.replace("\r\n", "\n")).split("\n")
        if self._open and self._whole:
            lines[0] = self._whole.pop() + lines[0]
            del self._lines[-self._folds :]
            self._render_line_cache.clear()
        self._open = lines[-1] != ""
        if not self._open:
            lines.pop()
        # A carriage return rewrites its line (progress bars do that): keep what is left standing.
        self._write([line.rsplit("\r", 1)[-1] or " " for line in lines])
        if following:
            # After the layout: the first lines are written before the log has a size.
            self.call_after_refresh(self.scroll_end, animate=False, x_axis=False)

    def _write(self, lines: list[str]) -> None:
        """Add whole lines; those that are too wide go on below."""
        self._whole += lines
        del self._whole[: -self.MAX_LINES]
        sign = "> " if getattr(self.app, "letters", False) else "↳ "
        folded = [folds(line, self._cells, sign) for line in lines]
        self._folds = len(folded[-1]) if folded else 1
        self.write_lines([row for rows in folded for row in rows], scroll_end=False)

    def on_resize(self) -> None:
        cells = self.content_size.width - 1  # a scrollbar may come
        if cells > 0 and cells != self._cells:
            self._cells, lines, at_end = cells, self._whole, self._at_end
            self._whole = []
            self.clear()
            self._write(lines)
            self._at_end = at_end
        if self._at_end:
            self.call_after_refresh(self.scroll_end, animate=False, x_axis=False)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if self.is_vertical_scroll_end:
            self._at_end = True
        elif new_value < old_value:  # else the room has become less, or lines came after it
            self._at_end = False


def folds(line: str, cells: int, sign: str = "↳ ") -> list[str]:
    """A line of output in rows of at most `cells` cells (0: however wide), all but the first with a
    sign before them."""
    if cells <= 0 or (len(line) <= cells and line.isascii() and "\t" not in line):
        return [line]
    line = line.expandtabs()
    if cell_len(line) <= cells:
        return [line]
    rows: list[str] = []
    at = 0
    while at < len(line):
        before = sign if rows else ""
        room = max(2, cells - len(before))
        # Only what may stand in the row is looked at: a flood without an end of line is one line.
        row = chop_cells(line[at : at + _WIDEST * room], room)[0]
        space = row.rfind(" ") + 1
        if at + len(row) < len(line) and space > len(row) // 2:
            row = row[:space]  # between words or numbers, where there is a place
        rows.append(before + row)
        at += len(row)
    return rows


def _text_of(event: Event) -> str:
    match event:
        case Output(text=text):
            return text
        case Warned(category=category, message=message, line=line):
            where = _(" (line {line})").format(line=line) if line else ""
            return f"{category}{where}: {message}\n"
        case Dropped(bytes=count):
            return _("… {count:,} more bytes were printed and not kept.\n").format(count=count)
        case _:
            return ""
