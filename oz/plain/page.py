"""What is printed: blocks with one blank line between them, wrapped, and flushed at once.

Knows lines and widths; knows nothing of the game.
"""

from __future__ import annotations

import os
import shutil
import sys

from oz.letters import in_letters
from oz.plain.markdown import render

WIDEST = 72
"""Columns that are comfortable to read, and few enough for a braille line's paging."""
NARROWEST = 20
INDENT = "    "
"""Before each line of code and of a program's output."""


class Page:
    """Standard output as a page that only ever grows."""

    def __init__(self, *, echo: bool) -> None:
        """`echo`: what is typed is shown by us, since no terminal does it."""
        self._echo = echo
        self._fresh = True
        """The cursor is at the start of a line."""
        self._gap = True
        """There is a blank line above, or nothing at all."""
        self._row = ""
        """The last thing was one of a row of these (``lines``, ``output``), else nothing."""

    @property
    def terminal(self) -> bool:
        """The page is a terminal."""
        return sys.stdout.isatty()

    def speaks(self, text: str) -> bool:
        """Whether what reads the page can take these letters."""
        try:
            text.encode(sys.stdout.encoding or "ascii")
        except (UnicodeEncodeError, LookupError):
            return False
        return True

    @property
    def width(self) -> int:
        """Columns to wrap at."""
        if not self.terminal:
            return WIDEST
        return max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns - 1))

    @property
    def _colour(self) -> bool:
        wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") != "dumb"
        return wanted and self.terminal

    def block(self, text: str, *, strong: str = "") -> None:
        """Markdown, set in words, with a blank line before it; `strong` as in `render`."""
        told = render(text, self.width, strong=strong)
        if told:
            self._end_line()
            self._blank()
            self._put(told + "\n")
        self._row = ""

    def title(self, text: str) -> None:
        """A name on a line of its own."""
        told = render(text, self.width)
        self.verbatim(f"\x1b[1m{told}\x1b[0m" if self._colour else told)

    def verbatim(self, text: str) -> None:
        """Text as it is, with a blank line before it."""
        self._end_line()
        self._blank()
        self._put(text.rstrip("\n") + "\n")
        self._row = ""

    def code(self, text: str) -> None:
        """Code or output as it is, set in."""
        lines = text.rstrip("\n").split("\n")
        self.verbatim("\n".join(f"{INDENT}{line}".rstrip() for line in lines))

    def line(self, text: str) -> None:
        """Markdown as one of a row of lines: no blank line between it and the one before."""
        told = render(text, self.width)
        self._end_line()
        if self._row != "lines":
            self._blank()
        self._put(told + "\n")
        self._row = "lines"

    def stream(self, text: str) -> None:
        """A piece of a program's output as it comes, set in."""
        if self._row != "output":
            self._end_line()
            self._blank()
        for piece in text.splitlines(keepends=True):
            if self._fresh and piece.strip("\n"):
                self._put(INDENT)
            self._put(piece)
        self._row = "output"

    @property
    def streaming(self) -> bool:
        """The last thing was a piece of a program's output."""
        return self._row == "output"

    def end_stream(self) -> None:
        """The program's output is at its end."""
        self._end_line()
        self._row = ""

    def prompt(self, text: str, *, tight: bool = False) -> None:
        """Ask for a line; `tight`: one of several, without a blank line before it."""
        self._end_line()
        if not tight:
            self._blank()
        self._put(text)

    def typed(self, line: str) -> None:
        """`line` was typed at the prompt."""
        if self._echo:
            self._put(f"{line}\n")
        self._fresh, self._gap, self._row = True, False, ""

    def _end_line(self) -> None:
        if not self._fresh:
            self._put("\n")

    def _blank(self) -> None:
        if not self._gap:
            self._put("\n")
        self._gap = True

    def _put(self, text: str) -> None:
        if not text:
            return
        sys.stdout.write(text if self.speaks(text) else in_letters(text))
        sys.stdout.flush()
        self._gap = text.endswith("\n\n") or (self._fresh and text == "\n")
        self._fresh = text.endswith("\n")
