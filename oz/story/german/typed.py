"""The German line that somebody would type to do something: the German grammar read backwards.

Knows cases, but no world: what comes in is a verb and names, and a line goes out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from oz.story.german.lines import LINES
from oz.story.speech import Name, fitting

_BEFORE_DATIVE = frozenset({"mit", "aus", "von", "zu", "nach", "bei", "folge", "danke"})
"""Prepositions and verbs whose thing stands in the dative."""


def typed(verb: str, names: Sequence[Name], topic: str = "") -> str:
    """The verb with `names` (of the thing, then of the second one) and the `topic` in its slots, in
    the first way there is; empty: there is none."""
    parts = fitting(LINES.get(verb, ()), len(names), topic)
    return " ".join(_words(parts or (), names, topic))


def _words(parts: Sequence[str], names: Sequence[Name], topic: str) -> Iterator[str]:
    before = ""
    for part in parts:
        if part.startswith("{topic"):
            yield topic
        elif part.startswith("{"):
            second = part.startswith("{second")
            name = names[-1] if second else names[0]
            to_somebody = part == "{second:only}"
            yield name.to if to_somebody or before in _BEFORE_DATIVE else name.whom
        else:
            yield part.split("|")[0]
        before = part.split("|")[0]
