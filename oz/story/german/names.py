"""German names: gender, the cases that sentences want, and the words that agree with them.

A name is written as ``der alte Eimer``: its definite article, adjectives, noun. Everything else
follows, but for nouns that change themselves (``den Jungen``), which say so in `Thing.cases`.
A name without article is a proper name, or an English one that has no translation, and stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from oz.story.model import Character, Thing
from oz.story.speech import Name, definite, indefinite

_NAME = re.compile(r"(der|die|das)\s+(.+)\Z", re.IGNORECASE | re.DOTALL)
_GENDERS = {"der": "m", "die": "f", "das": "n"}
_BY_PRONOUN = {"him": "m", "her": "f", "it": "n", "them": "p"}

_DEFINITE = {
    "m": ("der", "den", "dem"),
    "f": ("die", "die", "der"),
    "n": ("das", "das", "dem"),
    "p": ("die", "die", "den"),
}
"""Nominative, accusative, dative."""
_ONE = {"m": ("ein", "einen"), "f": ("eine", "eine"), "n": ("ein", "ein"), "p": ("", "")}
_MIXED = {"m": ("er", "en"), "f": ("e", "e"), "n": ("es", "es"), "p": ("e", "e")}
"""Endings of an adjective after ``ein``."""

_ONE_OF = {"is": "ist", "has": "hat", "does": "tut", "was": "war", "s": "t", "es": "et"}
_MANY_OF = {"is": "sind", "has": "haben", "does": "tun", "was": "waren", "s": "en", "es": "en"}
_STRONG = {
    "lässt": "lassen", "nimmt": "nehmen", "weiß": "wissen", "schläft": "schlafen", "wird": "werden",
    "würde": "würden", "kann": "können", "will": "wollen", "tritt": "treten", "trifft": "treffen",
    "fällt": "fallen", "läge": "lägen", "möchte": "möchten", "hätte": "hätten", "sieht": "sehen",
    "gibt": "geben", "blinzelt": "blinzeln",
}  # fmt: skip
"""Verbs that change more than their ending, in the third person of one and of many."""
_PRONOUNS = {
    "m": ("er", "ihn", "ihm"), "f": ("sie", "sie", "ihr"),
    "n": ("es", "es", "ihm"), "p": ("sie", "sie", "ihnen"),
}  # fmt: skip
_MEANT = {
    "m": ("him", "it"), "f": ("her", "them", "it"), "n": ("it",), "p": ("them", "her", "it"),
}  # fmt: skip
"""`sie` is one and many: whichever was spoken of last."""


_DRAWN = {
    "in dem": "im", "an dem": "am", "von dem": "vom", "zu dem": "zum", "bei dem": "beim",
    "in das": "ins", "an das": "ans", "zu der": "zur",
}  # fmt: skip
_TO_BE_DRAWN = re.compile(rf"\b({'|'.join(_DRAWN)}) (?=\w)", re.IGNORECASE)


def joined(sentence: str) -> str:
    """A sentence of the game's own with a preposition and its article in one word."""

    def one(found: re.Match[str]) -> str:
        word = _DRAWN[found[1].lower()]
        return f"{word.capitalize() if found[1][0].isupper() else word} "

    return _TO_BE_DRAWN.sub(one, sentence)


def plain(name: str) -> str:
    """``die Küche`` for ``Die Küche``; a name that has no German article as in English."""
    return f"{name[:1].lower()}{name[1:]}" if _NAME.match(name) else definite(name)


@dataclass(frozen=True, slots=True)
class _Parts:
    """A name taken apart."""

    stems: tuple[str, ...]
    """Its adjectives without their endings."""
    noun: str

    def said(self, article: str, ending: str, noun: str = "") -> str:
        words = (article, *(f"{stem}{ending}" for stem in self.stems), noun or self.noun)
        return " ".join(word for word in words if word)


def named(thing: Thing) -> Name:
    """`thing` in a German sentence."""
    pronoun = thing.pronoun if isinstance(thing, Character) else "it"
    found = _NAME.match(thing.name)
    gender = thing.cases.get("gender") or (
        _GENDERS[found[1].lower()] if found else _BY_PRONOUN[pronoun]
    )
    if thing.plural and (not found or found[1].lower() == "die"):
        gender = "p"
    words = dict(_MANY_OF if gender == "p" else _ONE_OF)
    words |= {one: many if gender == "p" else one for one, many in _STRONG.items()}
    it, them, to_them = _PRONOUNS[gender]
    words |= {"it": it, "them": them, "them_dat": to_them}
    meant = _meant(gender, pronoun, character=isinstance(thing, Character))
    if found is None:
        the = definite(thing.name)
        to, whom = thing.cases.get("dative", the), thing.cases.get("accusative", the)
        one = thing.cases.get("one") or indefinite(thing.name, plural=thing.plural)
        return Name(the, whom, to, one, one, words, meant)
    parts = _apart(found[2])
    nominative, accusative, dative = _DEFINITE[gender]
    many = gender == "p"
    ein, einen = _ONE[gender]
    mixed, mixed_whom = _MIXED[gender]
    whom = thing.cases.get("accusative") or parts.said(
        accusative, "en" if many or gender == "m" else "e"
    )
    changed = whom.rsplit(maxsplit=1)[-1] if "accusative" in thing.cases else ""
    own = thing.cases.get("one")
    return Name(
        the=parts.said(nominative, "en" if many else "e"),
        whom=whom,
        to=thing.cases.get("dative")
        or parts.said(dative, "en", _dative_plural(parts.noun) if many else changed),
        one=own or parts.said(ein, mixed),
        one_whom=own or parts.said(einen, mixed_whom, changed),
        agreeing=words,
        pronouns=meant,
    )


def _apart(rest: str) -> _Parts:
    words = rest.split()
    stems: list[str] = []
    while len(words) > 1 and words[0].islower() and words[0].endswith(("e", "en")):
        stems.append(re.sub(r"en?\Z", "", words.pop(0)))
    return _Parts(tuple(stems), " ".join(words))


def _dative_plural(noun: str) -> str:
    first, *rest = noun.split(" ")
    return " ".join((first if first.endswith(("n", "s")) else f"{first}n", *rest))


def _meant(gender: str, pronoun: str, *, character: bool) -> tuple[str, ...]:
    """Somebody is also meant by the pronoun of their sex: ``das Kind`` may be her."""
    found = _MEANT[gender]
    return tuple(dict.fromkeys((*found, pronoun))) if character and pronoun != "it" else found
