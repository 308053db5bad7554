"""An editor for Python that people can live in, made of Textual's `TextArea`.

Adds what it lacks: indentation that follows Python, dedent, pairs of brackets and quotes, comments,
a mark under the line an error came from, and colours that go with the app's theme. Everything goes
through `replace`, so that undo survives a run, a reset and a change made by another program.
"""

from __future__ import annotations

import re
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from oz.tongue import _
from oz.tui.themes import NAMES, editor_theme

PAIRS = {"(": ")", "[": "]", "{": "}", '"': '"', "'": "'"}
CLOSERS = frozenset(PAIRS.values())
_ENDS_BLOCK = re.compile(r"\s*(return|pass|break|continue|raise)\b")
_STEP = 4


class CodeEditor(TextArea):
    """A Python editor. Escape is left to the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("shift+tab", "dedent", _("Dedent"), show=False),
        Binding("alt+up", "move_lines(-1)", _("Move the line up"), show=False),
        Binding("alt+down", "move_lines(1)", _("Move the line down"), show=False),
    ]

    def __init__(
        self,
        text: str = "",
        *,
        language: str | None = "python",
        read_only: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(
            text,
            soft_wrap=False,
            tab_behavior="indent",
            show_line_numbers=True,
            read_only=read_only,
            max_checkpoints=500,
            compact=True,
            id=id,
            classes=classes,
        )
        self._wanted_language = language
        self._marked: tuple[int, int, int | None] | None = None
        """Row, first and last column of the mark."""

    def on_mount(self) -> None:
        for name in NAMES:
            self.register_theme(editor_theme(name))
        # The grammar is loaded here and not in the constructor: a start that resumes the story must
        # not wait for it.
        if self._wanted_language in self.available_languages:
            self.language = self._wanted_language
        self.app.theme_changed_signal.subscribe(self, lambda theme: self._follow(theme.name))
        self._follow(self.app.theme)

    def _follow(self, theme: str) -> None:
        self.theme = f"oz-{theme if theme in NAMES else NAMES[0]}"

    # --- text ---------------------------------------------------------------------------------

    def set_text(self, text: str) -> None:
        """Put `text` in place of everything, as one edit that can be undone."""
        if text == self.text:
            return
        row, column = self.cursor_location
        self.history.checkpoint()
        self.replace(text, (0, 0), self.document.end, maintain_selection_offset=False)
        self.history.checkpoint()
        row = min(row, self.document.line_count - 1)
        self.move_cursor((row, min(column, len(self.document[row]))))

    def select_place(self, row: int, start: int, end: int) -> None:
        """Select columns `start` to `end` of a row, and bring them into sight."""
        self.focus()
        self.selection = Selection((row, start), (row, end))
        self.scroll_cursor_visible(center=True)

    # --- what it could become -----------------------------------------------------------------

    def suggest(self, rest: str) -> None:
        """Show `rest` as a ghost at the cursor; tab and the right arrow take it."""
        row, column = self.cursor_location
        after = self.document[row][column : column + 1]
        free = self.selection.is_empty and not (after.isalnum() or after == "_")
        self.suggestion = rest if free and not self.read_only else ""

    # --- the mark under an error --------------------------------------------------------------

    def mark(self, line: int, start: int | None = None, end: int | None = None) -> None:
        """Underline line `line` (1-based), or columns `start` to `end` of it."""
        row = line - 1
        if 0 <= row < self.document.line_count:
            text = self.document[row]
            first = len(text) - len(text.lstrip()) if start is None else start
            self._marked = (row, first, end)
            self.notify_style_update()
            self.refresh()

    def unmark(self) -> None:
        """Take the mark away."""
        if self._marked is not None:
            self._marked = None
            self.notify_style_update()
            self.refresh()

    @property
    def marked_line(self) -> int | None:
        """The line under the mark, 1-based."""
        return None if self._marked is None else self._marked[0] + 1

    def get_line(self, line_index: int) -> Text:
        line = super().get_line(line_index)
        if self._marked is not None and self._marked[0] == line_index:
            _, start, end = self._marked
            color = self.app.current_theme.error
            line.stylize(Style(color=color, bold=True, underline=True), start, end)
        return line

    # --- lines that go on below ---------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        return self._signed(strip) if self._goes_on(y) else strip

    def _goes_on(self, y: int) -> bool:
        """Whether what is at `y` of the widget began on the row above it."""
        at, begins = y + self.scroll_offset.y, self.wrapped_document._offset_to_line_info
        return self.soft_wrap and 0 <= at < len(begins) and begins[at][1] > 0

    def _signed(self, strip: Strip) -> Strip:
        """With a sign where another line has its number: what follows is no line of its own."""
        gutter, rest = strip.crop(0, self.gutter_width), strip.crop(self.gutter_width)
        sign = ">" if getattr(self.app, "letters", False) else "↳"
        style = next((segment.style for segment in gutter), None)
        return Strip.join([Strip([Segment(f"{sign:>{self.gutter_width - 2}}  ", style)]), rest])

    # --- keys ---------------------------------------------------------------------------------

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            event.prevent_default()
            return
        if self.read_only:
            return
        handled = False
        if event.key == "enter":
            handled = self._break_line()
        elif event.key == "tab" and not self.selection.is_empty:
            handled = self._shift_lines(+1)
        elif event.key == "tab" and self.suggestion:
            self._type(self.suggestion)
            handled = True
        elif event.character in PAIRS or event.character in CLOSERS:
            handled = self._pair(event.character or "")
        if handled:
            event.stop()
            event.prevent_default()

    def _type(self, text: str, back: int = 0) -> None:
        """Put `text` over the selection and leave the cursor `back` characters before its end."""
        start, end = sorted(self.selection)
        result = self.replace(text, start, end, maintain_selection_offset=False)
        row, column = result.end_location
        self.move_cursor((row, column - back))

    def _break_line(self) -> bool:
        start, end = sorted(self.selection)
        before = self.document[start[0]][: start[1]]
        after = self.document[end[0]][end[1] :]
        indent = before[: len(before) - len(before.lstrip())]
        code = before.split("#")[0].rstrip()
        if code.endswith(("(", "[", "{")):
            inner = indent + " " * _STEP
            if after[:1] == PAIRS[code[-1]]:
                self._type(f"\n{inner}\n{indent}")
                self.move_cursor((start[0] + 1, len(inner)))
                return True
            indent = inner
        elif code.endswith(":"):
            indent += " " * _STEP
        elif _ENDS_BLOCK.match(code):
            indent = indent[:-_STEP]
        self._type("\n" + indent)
        return True

    def _pair(self, typed: str) -> bool:
        start, end = sorted(self.selection)
        line = self.document[end[0]]
        following = line[end[1] : end[1] + 1]
        before = self.document[start[0]][: start[1]]
        if start != end:
            if typed not in PAIRS:
                return False
            self._type(typed + self.get_text_range(start, end) + PAIRS[typed])
            return True
        if typed in CLOSERS and following == typed:
            self.move_cursor((end[0], end[1] + 1))
            return True
        if typed not in PAIRS or (
            following and not following.isspace() and following not in ")]},:"
        ):
            return False
        if typed in "\"'" and (
            (before[-1:].isalnum() and not _is_prefix(before)) or before[-1:] == typed
        ):
            return False
        self._type(typed + PAIRS[typed], back=1)
        return True

    def action_delete_left(self) -> None:
        """Backspace: at the indentation a whole step, between a pair both of it."""
        row, column = self.cursor_location
        if self.read_only or not self.selection.is_empty or column == 0:
            super().action_delete_left()
            return
        line = self.document[row]
        before, following = line[:column], line[column : column + 1]
        if not before.strip():
            back = (column - 1) % _STEP + 1
            if before.endswith(" " * back):
                self.delete((row, column - back), (row, column), maintain_selection_offset=False)
                self.move_cursor((row, column - back))
                return
        if PAIRS.get(before[-1]) == following and following:
            self.delete((row, column - 1), (row, column + 1), maintain_selection_offset=False)
            self.move_cursor((row, column - 1))
            return
        super().action_delete_left()

    # --- whole lines --------------------------------------------------------------------------

    def _rows(self) -> tuple[int, int]:
        (first, _), (last, column) = sorted(self.selection)
        if last > first and column == 0:
            last -= 1
        return first, last

    def _replace_rows(self, first: int, last: int, lines: list[str], by: int = 0) -> None:
        """Put `lines` in place of rows and keep the selection on them, moved down `by` rows."""
        (start_row, start), (end_row, end) = self.selection
        was = {row: self.document[row] for row in {start_row, end_row}}
        self.history.checkpoint()
        self.replace(
            "\n".join(lines),
            (first, 0),
            (last, len(self.document[last])),
            maintain_selection_offset=False,
        )
        self.history.checkpoint()

        def moved(row: int, column: int) -> tuple[int, int]:
            now = row + by
            text = self.document[now]
            shift = len(text) - len(was[row]) if column else 0
            return now, max(0, min(len(text), column + shift))

        self.selection = Selection(moved(start_row, start), moved(end_row, end))

    def _shift_lines(self, steps: int) -> bool:
        first, last = self._rows()
        lines = [self.document[row] for row in range(first, last + 1)]
        if steps > 0:
            lines = [" " * _STEP + line if line.strip() else line for line in lines]
        else:
            lines = [line[min(_STEP, len(line) - len(line.lstrip(" "))) :] for line in lines]
        self._replace_rows(first, last, lines)
        return True

    def action_dedent(self) -> None:
        """Take one step of indentation from the lines."""
        if not self.read_only:
            self._shift_lines(-1)

    def action_comment(self) -> None:
        """Comment the lines out, or in again when all of them are comments."""
        if self.read_only:
            return
        first, last = self._rows()
        lines = [self.document[row] for row in range(first, last + 1)]
        full = [line for line in lines if line.strip()]
        if full and all(line.lstrip().startswith("#") for line in full):
            lines = [re.sub(r"^(\s*)# ?", r"\1", line) for line in lines]
        else:
            column = min((len(line) - len(line.lstrip()) for line in full), default=0)
            lines = [
                f"{line[:column]}# {line[column:]}" if line.strip() else line for line in lines
            ]
        self._replace_rows(first, last, lines)

    def action_copy_lines(self) -> None:
        """The lines once more below, and the cursor on the copy."""
        if self.read_only:
            return
        first, last = self._rows()
        lines = [self.document[row] for row in range(first, last + 1)]
        self._replace_rows(first, last, [*lines, *lines], len(lines))

    def action_move_lines(self, by: int) -> None:
        """Carry the lines one row up or down."""
        first, last = self._rows()
        if self.read_only or first + by < 0 or last + by >= self.document.line_count:
            return
        moving = [self.document[row] for row in range(first, last + 1)]
        if by < 0:
            self._replace_rows(first - 1, last, [*moving, self.document[first - 1]], by)
        else:
            self._replace_rows(first, last + 1, [self.document[last + 1], *moving], by)


def _is_prefix(before: str) -> bool:
    """Whether a quote typed after this opens a string such as ``f"``."""
    return re.search(r"(?:^|\W)[rbfuRBFU]{1,2}$", before) is not None
