"""The screens on terminals that take ASCII alone: a letter for each line, box and mark.

Applied to whole lines as they are painted, so that no screen has to know of it.
"""

from __future__ import annotations

import sys

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from oz.letters import in_letters


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
