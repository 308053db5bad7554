"""Signs for terminals that take ASCII alone: a letter for each line, box and mark.

Applied to whole lines as they are painted, so that no screen has to know of it. Every sign keeps
its one cell. Letters of languages are left to the terminal.
"""

from __future__ import annotations

import sys

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_SIGNS = (
    ("─━┄═▔", "-"),
    ("│┃┆▎▌▏▍▐", "|"),
    ("┌┐└┘├┤┬┴┼╭╮╰╯", "+"),
    ("╲", "\\"),
    ("╱", "/"),
    ("▁▂▃", "_"),
    ("▄▅▆▇█▉▊▋▀", "#"),
    ("•", "*"),
    ("·", "."),
    ("…", "~"),
    ("›↳▶→", ">"),
    ("←", "<"),
    ("↑▲", "^"),
    ("↓▼", "v"),
    ("✓", "+"),
    ("✗×", "x"),
    ("◐", "%"),
    ("✦", "*"),
    ("◉", "@"),
    ("●", "O"),
    ("○", "o"),
    ("◇", "="),
    ("‼", "!"),
    ("“”„", '"'),
    ("‘’‚", "'"),
    ("–—−‐‑", "-"),
    ("\u00a0\u2009\u202f", " "),
)
_TABLE = {ord(sign): letter for signs, letter in _SIGNS for sign in signs}


def is_narrow() -> bool:
    """Whether the terminal takes less than Unicode."""
    encoding = getattr(sys.__stdout__, "encoding", None) or "utf-8"
    return not encoding.lower().startswith("utf")


class Narrow(LineFilter):
    """Puts a letter in place of each sign."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The segments in letters alone."""
        return [
            Segment(text if text.isascii() else in_letters(text), style, control)
            for text, style, control in segments
        ]


def in_letters(text: str) -> str:
    """`text` with a letter in place of each sign, as long as it was."""
    return text.translate(_TABLE)
