"""From what was typed to plain words: cases, quotes, punctuation, numbers.

Knows no world and no verb; what a language adds stands in `oz.story.speech`. A word is lower case,
without apostrophes; ``,`` and ``.`` stay as words of their own because they part lists and
commands; dotted names of code (``torch.arange``) stay whole.
"""

from __future__ import annotations

import re
import unicodedata

from oz.story.speech import SPEECH
from oz.tongue import _

MAX_LINE = 1000
"""Characters of a line that are read; nobody types more on purpose."""

STOP = "."
COMMA = ","

_QUOTES = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "`": "'", "´": "'",
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        "–": "-", "—": " ", "…": ".", "\u00a0": " ",
    }
)  # fmt: skip

_TOKEN = re.compile(
    r"""
    (?P<code>(?:torch|nn|optim|autograd|np|numpy|tensor|f)(?:\.[a-z_]\w*)+)   # names of code
    | (?P<ordinal>\d+(?:st|nd|rd|th)\b)
    | (?P<number>\d+(?:\.\d+)+|\d+)
    | (?P<word>\#?[^\W_]+(?:'[^\W_]+)*)
    | (?P<stop>[.;?!]+)
    | (?P<comma>[,:])
    """,
    re.VERBOSE,
)


def tokens(text: str) -> list[str]:
    """The words of `text`; ``,`` and ``.`` where it had a comma, a colon, or an end of sentence."""
    plain = unicodedata.normalize("NFKC", text[:MAX_LINE].translate(_QUOTES)).casefold()
    found: list[str] = []
    for match in _TOKEN.finditer(plain.translate(_QUOTES)):
        kind = match.lastgroup
        if kind == "stop":
            found.append(STOP)
        elif kind == "comma":
            found.append(COMMA)
        else:
            found.append(match.group().replace("'", "").lstrip("#"))
    return [token for token in found if token]


def phrase(text: str) -> tuple[str, ...]:
    """The words of a name, without punctuation; small ones as they are once they are typed."""
    words = (token for token in tokens(text) if token not in {STOP, COMMA})
    return tuple(
        small if (small := SPEECH.small.get(word, "")).isalpha() else word for word in words
    )


ARTICLES = SPEECH.articles | {
    "a", "an", "the", "some", "my", "your", "this", "that", "these", "those", "our",
}  # fmt: skip
"""Words before a noun that say nothing about which is meant."""


def bare(words: tuple[str, ...]) -> tuple[str, ...]:
    """`words` without the articles in front."""
    start = 0
    while start < len(words) - 1 and words[start] in ARTICLES:
        start += 1
    return words[start:]


JOINTS = {"and": _("and"), "or": _("or")}
"""What stands before the last of several."""


def listed(items: list[str] | tuple[str, ...], last: str = "and") -> str:
    """``a, b and c``; `last` is a key of `JOINTS`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {JOINTS[last]} {items[-1]}"


def capital(text: str) -> str:
    """`text` with its first letter in upper case, the rest untouched."""
    return text[:1].upper() + text[1:]


ORDINALS: dict[str, int] = {
    "first": 0, "1": 0, "1st": 0, "second": 1, "2": 1, "2nd": 1, "third": 2, "3": 2, "3rd": 2,
    "fourth": 3, "4": 3, "4th": 3, "fifth": 4, "5": 4, "5th": 4, "sixth": 5, "6": 5, "6th": 5,
    "last": -1, "former": 0, "latter": -1,
}  # fmt: skip
"""Words that choose one of several, and which, counted from 0."""


def definite(name: str) -> str:
    """``the oil-can`` for ``oil-can``, ``an oil-can`` and ``the oil-can``; ``Toto`` stays. As the
    language has it that is spoken."""
    return SPEECH.plain(name)
