"""Finding and replacing in a text: where, and how often. Pure.

Capital letters count only where they are typed: `loss` finds `Loss`, `Loss` does not find `loss`.
"""

from __future__ import annotations

import re

from oz.tongue import pgettext

_WITH = pgettext("replace A with B", "with")

Place = tuple[int, int]
"""Row and column."""


def pattern(wanted: str) -> re.Pattern[str]:
    """What matches `wanted` as it stands."""
    flags = re.IGNORECASE if wanted == wanted.lower() else 0
    return re.compile(re.escape(wanted), flags)


def places(text: str, wanted: str) -> list[Place]:
    """Where `wanted` begins in `text`, from the top."""
    if not wanted:
        return []
    return [
        (row, found.start())
        for row, line in enumerate(text.split("\n"))
        for found in pattern(wanted).finditer(line)
    ]


def following(found: list[Place], cursor: Place) -> int | None:
    """Which of the places comes after the cursor; after the last, the first again."""
    if not found:
        return None
    return next((number for number, place in enumerate(found) if place > cursor), 0)


def replaced(text: str, wanted: str, instead: str) -> tuple[str, int]:
    """`text` with `instead` for every `wanted`, and how many there were."""
    if not wanted:
        return text, 0
    return pattern(wanted).subn(lambda _: instead, text)


def asked(typed: str) -> tuple[str, str] | None:
    """What is typed after `replace`: ``A with B``; quotes around either are taken off."""
    joint = f" {_WITH} " if f" {_WITH}" in typed else " with "
    wanted, middle, instead = f"{typed} ".partition(joint)
    if not middle or not wanted.strip():
        return None
    return unquoted(wanted.strip()), unquoted(instead.strip())


def unquoted(text: str) -> str:
    """`text` without the quotes it stands in."""
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'`":
        return text[1:-1]
    return text
