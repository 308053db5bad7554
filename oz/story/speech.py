"""How the language that is spoken names things, agrees, and puts its commands.

`SPEECH` is the one for this process. English is what the rest of the story is written in, so that
its `Speech` adds nothing; another language adds grammar lines, directions, small words, and says
how a name stands in a sentence. Chosen by `oz.tongue`; knows no world and no state.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from oz import tongue
from oz.story.model import Character, Thing, Topic

_ARTICLE = re.compile(r"^(a|an|the|some)\s+", re.IGNORECASE)
NUMBERS = (
    "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_OWNED = ("your ", "his ", "her ", "its ", "their ", "my ", "our ")


@dataclass(frozen=True, slots=True)
class Name:
    """A thing's name in the cases that sentences want; in English they are all alike."""

    the: str
    """Nominative, with the definite article where it has one."""
    whom: str
    """Accusative."""
    to: str
    """Dative."""
    one: str
    """With the indefinite article."""
    one_whom: str
    """The same, accusative."""
    agreeing: Mapping[str, str]
    """The words of a sentence that agree with it, by their placeholder."""
    pronouns: tuple[str, ...]
    """Which of `it`, `him`, `her`, `them` may stand for it."""


@dataclass(frozen=True, slots=True)
class Completing:
    """What is offered to somebody who has begun to type; empty: the English words."""

    first: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    needs: Mapping[str, str] = field(default_factory=dict)
    joins: Mapping[str, str] = field(default_factory=dict)
    talk: str = "talk to"
    cast: str = "cast"


@dataclass(frozen=True, slots=True)
class Speech:
    """What a language adds to the English commands, and how it names things."""

    name: Callable[[Thing], Name]
    plain: Callable[[str], str]
    """A name that stands for itself, inside a sentence: ``the kitchen`` for ``The kitchen``."""
    lines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Grammar lines by canonical verb (`oz.story.verbs`)."""
    directions: Mapping[str, str] = field(default_factory=dict)
    articles: frozenset[str] = frozenset()
    small: Mapping[str, str] = field(default_factory=dict)
    """Words of other kinds, and the English ones that they are."""
    said: Mapping[str, str] = field(default_factory=dict)
    """Pronouns, as they are said back."""
    before: Mapping[str, str] = field(default_factory=dict)
    """Prepositions, and the English ones that they are."""
    raw: Mapping[str, str] = field(default_factory=dict)
    """Commands whose rest is taken as it was typed (`oz.story.game`)."""
    switch: Mapping[str, str] = field(default_factory=dict)
    """``on`` and ``off``."""
    ways: Mapping[str, str] = field(default_factory=dict)
    """How a direction is said."""
    joined: Callable[[str], str] = lambda sentence: sentence
    """A sentence with what is drawn into one word: `im Schrank` for `in dem Schrank`."""
    typed: Callable[[str, Sequence[Name], str], str] | None = None
    """The line that does a verb with things and a topic (`oz.story.lines`); `None`: in English."""
    variants: Callable[[str], tuple[str, ...]] = lambda _: ()
    """Other forms of a word, the likelier first."""
    noun_forms: Callable[[str], tuple[str, ...]] = lambda _: ()
    """Further endings of a noun."""
    adjective_forms: Callable[[str], tuple[str, ...]] = lambda _: ()
    """Further endings of an adjective."""
    completing: Completing = Completing()

    def sign(self, direction: str) -> str:
        """How a signpost has it: one word."""
        return self.way(direction).rsplit(" ", maxsplit=1)[-1]

    def asks(self, topic: Topic) -> str:
        """What to type after 'ask … about'."""
        return (topic.listed if self.typed is not None else "") or topic.words[0]

    def way(self, direction: str) -> str:
        """How `direction` is said."""
        return self.ways.get(direction, direction)


def english(thing: Thing) -> Name:
    """`thing` in an English sentence."""
    subject = {"him": "he", "her": "she", "it": "it", "them": "they"}
    pronoun = thing.pronoun if isinstance(thing, Character) else "it"
    the, one = definite(thing.name), indefinite(thing.name, plural=thing.plural)
    if thing.plural or pronoun == "them":
        words = {"is": "are", "has": "have", "does": "do", "was": "were", "s": "", "es": ""}
        words |= {"it": "they", "them": "them"}
    else:
        words = {"is": "is", "has": "has", "does": "does", "was": "was", "s": "s", "es": "es"}
        words |= {"it": subject[pronoun], "them": pronoun}
    meant: tuple[str, ...] = ("them",) if thing.plural or pronoun == "them" else ()
    meant += ("it",) if pronoun == "them" else (pronoun,)
    return Name(the, the, the, one, one, words, meant)


def definite(name: str) -> str:
    """``the oil-can`` for ``oil-can``, ``an oil-can`` and ``the oil-can``; ``Toto`` stays."""
    shorn = _ARTICLE.sub("", name)
    if shorn != name:
        return f"the {shorn}"
    if name[:1].isupper() or name.startswith(_OWNED):
        return name
    return f"the {name}"


def indefinite(name: str, *, plural: bool = False) -> str:
    """``an oil-can`` for ``oil-can``; names that have an article, and proper names, stay."""
    if _ARTICLE.match(name) or name[:1].isupper() or name.startswith(_OWNED):
        return name
    if plural and (name.split(maxsplit=1)[0] in NUMBERS or name[:1].isdigit()):
        return name
    if plural:
        return f"some {name}"
    return f"{'an' if name[:1] in 'aeio' else 'a'} {name}"


def fitting(lines: Iterable[str], things: int, topic: str) -> list[str] | None:
    """The parts of the first of these grammar lines that has slots for so many things, and for the
    `topic` where there is one."""
    for text in lines:
        parts = text.split()
        slots = [part for part in parts if part.startswith("{")]
        spoken = [slot for slot in slots if slot.startswith(("{way", "{topic"))]
        if len(slots) - len(spoken) == things and spoken == (["{topic}"] if topic else []):
            return parts
    return None


def _spoken() -> Speech:
    if tongue.language() == "de":
        from oz.story.german import GERMAN

        return GERMAN
    return Speech(english, definite)


SPEECH = _spoken()
