"""A card: one small question about an idea that was taught, with the program that answers it.

Pure data and text; how cards are written in ``review.md`` is the campaign's business, when they are
asked the schedule's.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

PREAMBLE = "import torch; import torch.nn.functional as F; from torch import nn"
"""What stands, unwritten, before every program; on one line, so that lines count from 2."""
MARK = "# mend"
"""What ends the line that is to be mended."""


class CardKind(StrEnum):
    """What the player is asked."""

    PREDICT = "predict"
    """What the program prints."""
    MEND = "mend"
    """The marked line as it should be."""


@dataclass(frozen=True, slots=True)
class Card:
    """One question. `id` is ``stage/name``, like a spell's."""

    id: str
    stage: str
    kind: CardKind
    after: str
    """Id of the spell whose pass brings the card into the deck."""
    about: tuple[str, ...]
    """Names that `reference` explains."""
    question: str
    """Markdown."""
    program: str
    """Python source, as it is shown; of a mend card one line ends in `MARK`."""
    why: str
    """Markdown, said after the answer, right or wrong."""
    mended: str = ""
    """Of a mend card the program as it should be: it differs in the marked line alone."""
    path: Path = Path()
    line: int = 0
    """Of its heading."""
    program_at: int = 0
    """Of the first line of `program`."""
    mended_at: int = 0
    """Of the first line of `mended`."""

    @property
    def broken_line(self) -> str:
        """The marked line of a mend card, without its indentation and its mark."""
        return self.program.split("\n")[marked(self.program)[0]].strip().removesuffix(MARK).strip()

    @property
    def mended_line(self) -> str:
        """What that line should be, or one way to write it."""
        return self.mended.split("\n")[marked(self.program)[0]].strip()

    def with_line(self, typed: str) -> str:
        """The program of a mend card with `typed` in place of the marked line, indented alike."""
        lines = self.program.split("\n")
        at = marked(self.program)[0]
        indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
        lines[at] = indent + typed.strip().removesuffix(MARK).strip()
        return "\n".join(lines)


def marked(program: str) -> tuple[int, ...]:
    """The indexes of the lines that end in `MARK`."""
    lines = enumerate(program.split("\n"))
    return tuple(number for number, line in lines if line.rstrip().endswith(MARK))


def only_marked_differs(program: str, mended: str) -> bool:
    """Whether both programs have the same lines but for the one that `program` marks."""
    before, after = program.split("\n"), mended.split("\n")
    if len(before) != len(after):
        return False
    differing = {
        number
        for number, (one, other) in enumerate(zip(before, after, strict=True))
        if one.rstrip() != other.rstrip()
    }
    return differing <= set(marked(program))
