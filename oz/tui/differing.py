"""Two texts compared, line by line, as blocks: what went, what came, and what lies around it.

Pure. A line that went begins with ``-``, one that came with ``+``; the colours only repeat that.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from textual.content import Content

from oz.tongue import ngettext
from oz.tui.typeset import Block, plain

AROUND = 3
"""Lines alike that are shown before and after a change."""


def compared(old: str, new: str, *, same: str) -> list[Block]:
    """How `new` differs from `old`; the sentence `same` where it does not."""
    lines = list(_lines(old.splitlines(), new.splitlines()))
    if not lines:
        return [Block(plain(same, "cue"))]
    return [Block(Content("\n").join(lines), wrap=False)]


def _lines(old: list[str], new: list[str]) -> Iterator[Content]:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    end = 0
    for group in matcher.get_grouped_opcodes(AROUND):
        start = group[0][3]
        if start > end:
            yield _alike(start - end)
        for kind, old_from, old_to, new_from, new_to in group:
            if kind == "equal":
                for at in range(new_from, new_to):
                    yield Content(f"{at + 1:>4}   {new[at]}")
                continue
            for line in old[old_from:old_to]:
                yield Content.styled(f"     - {line}", "bad")
            for at in range(new_from, new_to):
                yield Content.styled(f"{at + 1:>4} + {new[at]}", "ok")
        end = group[-1][4]
    if end and end < len(new):
        yield _alike(len(new) - end)


def _alike(count: int) -> Content:
    return Content.styled(
        ngettext("     … {count} line alike", "     … {count} lines alike", count).format(
            count=count
        ),
        "cue",
    )
