"""What a trial says, in the language of the player.

Trials are one file for all languages, in English. What they say is known by its English text, with
``{}`` for what an f-string puts there; `learn` takes the phrases of a run (`Job.phrases`), and
`said` gives a text in their words. What is not among them stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_HOLE = "{}"
_known: list[tuple[re.Pattern[str], str]] = []


def learn(phrases: Mapping[str, str]) -> None:
    """Say these from now on, and no others."""
    worded = (pair for pair in phrases.items() if pair[0].replace(_HOLE, ""))
    _known[:] = [(_pattern(english), told) for english, told in worded]


def _pattern(english: str) -> re.Pattern[str]:
    first, *rest = english.split(_HOLE)
    pattern, before = re.escape(first), first
    for piece in rest:
        # What stands in code ends where the code does, so that more may follow it.
        code = before.endswith("`") and piece.startswith("`")
        pattern += ("([^`]*)" if code else "(.*?)") + re.escape(piece)
        before = piece
    return re.compile(pattern, re.DOTALL)


def said(text: str) -> str:
    """`text` as it was learnt: a phrase, or two of them one after the other."""
    if not _known or not text:
        return text
    whole = _phrase(text)
    if whole is not None:
        return whole
    for cut in range(1, len(text)):
        first = _phrase(text[:cut])
        second = _phrase(text[cut:]) if first is not None else None
        if first is not None and second is not None:
            return first + second
    return text


def _phrase(text: str) -> str | None:
    for pattern, told in _known:
        if match := pattern.fullmatch(text):
            # What is put in may be a phrase itself: the name of a machine.
            return _filled(told, [_phrase(part) or part for part in match.groups()])
    return None


def _filled(told: str, parts: list[str]) -> str:
    pieces = told.split(_HOLE)
    return "".join(
        piece + (parts[n] if n < min(len(parts), len(pieces) - 1) else "")
        for n, piece in enumerate(pieces)
    )
