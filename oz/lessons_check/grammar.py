"""Words that are no nouns to be looked at: the lists of ``grammar.toml``.

A verb is listed by its plain form; `VERBS` has the others too.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files

_LISTS = tomllib.loads((files(__package__) / "grammar.toml").read_text("utf-8"))


def _list(name: str) -> frozenset[str]:
    return frozenset(str(_LISTS[name]).split())


def _forms(stem: str) -> set[str]:
    """A regular verb's forms: runs, running; tries, tried; stopped."""
    forms = {stem, stem + "s", stem + "ing", stem + "ed", stem + "es"}
    if stem.endswith("e"):
        forms |= {stem + "d", stem[:-1] + "ing"}
    elif stem.endswith("y"):
        forms |= {stem[:-1] + "ies", stem[:-1] + "ied"}
    elif stem[-1] not in "aeiouwx" and stem[-2:-1] in set("aeiou"):
        forms |= {stem + stem[-1] + "ing", stem + stem[-1] + "ed"}
    return forms


DETERMINERS = _list("determiners")
PREPOSITIONS = _list("prepositions")
FUNCTION = _list("function")
VERBS = frozenset(form for stem in _list("verbs") for form in _forms(stem)) | _list("irregular")
ALSO_NOUNS = _list("also_nouns")
ADJECTIVES = _list("adjectives")
ABSTRACT = _list("abstract")
BODY = _list("body")
ADJECTIVE_ENDINGS = ("ful", "less", "ous", "ive", "able", "ible", "ish", "ical", "est", "like")
