"""Completion: whole lines that what was typed so far could become.

Pure functions of a world, a state and the text; nothing that Dorothy cannot see is ever offered.
"""

from __future__ import annotations

from dataclasses import dataclass

from oz.story import verbs
from oz.story.actions.moving import open_ways
from oz.story.actions.people import open_topics
from oz.story.model import PLAYER, World
from oz.story.play import Play
from oz.story.speech import SPEECH
from oz.story.state import State
from oz.story.words import ARTICLES, phrase

_FIRST: tuple[str, ...] = (
    "look",
    "examine",
    "inventory",
    "talk to",
    "ask",
    "take",
    "go",
    "cast",
    "hint",
    "goals",
    "exits",
)
"""What is offered first where several verbs fit."""
_OFFERED: tuple[str, ...] = (
    *_FIRST,
    "about",
    "again",
    "answer",
    "attempts",
    "brief",
    "briefing",
    "close",
    "climb",
    "credits",
    "drop",
    "drink",
    "eat",
    "edit",
    "enter",
    "give",
    "help",
    "journal",
    "jump",
    "kiss",
    "knock on",
    "listen",
    "map",
    "oops",
    "open",
    "prove",
    "pull",
    "push",
    "put",
    "quit",
    "read",
    "reference",
    "broadcast",
    "reset",
    "restart",
    "restore",
    "run",
    "save",
    "say",
    "score",
    "search",
    "show",
    "show code",
    "sing",
    "sit",
    "sleep",
    "smell",
    "solution",
    "spells",
    "spellbook",
    "statistics",
    "report",
    "review",
    "review all",
    "stop",
    "taste",
    "tell",
    "tensors",
    "things",
    "throw",
    "topics",
    "touch",
    "transcript on",
    "transcript off",
    "turn",
    "undo",
    "use",
    "verbose",
    "wait",
    "wave",
    "wear",
)
_NEEDS = {
    "examine": "any",
    "read": "any",
    "search": "any",
    "touch": "any",
    "smell": "any",
    "push": "any",
    "pull": "any",
    "turn": "any",
    "use": "any",
    "open": "any",
    "close": "any",
    "taste": "any",
    "climb": "any",
    "knock on": "any",
    "listen": "",
    "x": "any",
    "look at": "any",
    "look in": "any",
    "look under": "any",
    "take": "loose",
    "get": "loose",
    "pick up": "loose",
    "drop": "held",
    "put": "held",
    "give": "held",
    "show": "held",
    "throw": "held",
    "wear": "held",
    "wave": "held",
    "eat": "held",
    "drink": "any",
    "talk to": "person",
    "ask": "person",
    "tell": "person",
    "kiss": "person",
    "go": "way",
    "go to": "place",
    "enter": "place",
    "cast": "spell",
}
_JOINS = {
    "give": " to ",
    "show": " to ",
    "put": " in ",
    "ask": " about ",
    "tell": " about ",
    "use": " on ",
}

_SPOKEN = SPEECH.completing
_FIRST = _SPOKEN.first or _FIRST
_OFFERED = _SPOKEN.offered or _OFFERED
_NEEDS = dict(_SPOKEN.needs) or _NEEDS
_JOINS = dict(_SPOKEN.joins) or _JOINS


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What can be said here."""

    verbs: tuple[str, ...]
    """Verbs as one would type them, the commonest first."""
    nouns: tuple[str, ...]
    """Things in sight, by the shortest name that the game understands as that thing alone."""
    directions: tuple[str, ...]
    """Directions that are open."""


def short_name(play: Play, id: str) -> str:
    """What to type for the thing: its name, without the article."""
    first, _, rest = play.the(id).partition(" ")
    name = (rest if rest and first.lower() in ARTICLES else play.the(id)).lower()
    words = phrase(name)
    if words and play.words.match(words, id):
        return name
    nouns = sorted(play.words.nouns[id])
    return " ".join(nouns[0]) if nouns else name


def vocabulary(world: World, state: State) -> Vocabulary:
    """Verbs, and nouns in sight."""
    play = Play(world, state)
    nouns = dict.fromkeys(short_name(play, id) for id in play.sight())
    return Vocabulary(_OFFERED, tuple(nouns), tuple(open_ways(play)))


def completions(world: World, state: State, text: str, limit: int = 12) -> tuple[str, ...]:
    """Whole lines that `text` could become, best first, at most `limit`; `text` itself is not
    one."""
    typed = " ".join(text.lower().split())
    if text.endswith(" ") and typed:
        typed += " "
    play = Play(world, state)
    lines = _verb_lines(typed) if " " not in typed else []
    lines += _object_lines(play, typed)
    if not typed:
        lines = [*_suggestions(play), *lines]
    found = dict.fromkeys(
        line for line in lines if line.startswith(typed) and line != typed.strip()
    )
    return tuple(text + line[len(typed) :] for line in found)[:limit]


def _verb_lines(typed: str) -> list[str]:
    lines = [verb for verb in _OFFERED if verb.startswith(typed)]
    if typed:
        ways = (SPEECH.way(way).lower() for way in verbs.DIRECTION_WORDS.values())
        lines += [way for way in dict.fromkeys(ways) if way.startswith(typed)]
    return lines


def _suggestions(play: Play) -> list[str]:
    """What one would do first in this room."""
    lines = [_SPOKEN.cast for offer in play.offers() if offer.spell not in play.state.passed][:1]
    people = (person for person in play.people() if not play.follows(person))
    return lines + [f"{_SPOKEN.talk} {short_name(play, person.id)}" for person in people]


def _object_lines(play: Play, typed: str) -> list[str]:
    lines: list[str] = []
    for verb, need in _NEEDS.items():
        begun = len(typed) > 1 and verb.startswith(typed.rstrip()) and verb in _FIRST
        if not need or not (begun or typed.startswith(verb + " ")):
            continue
        rest = typed[len(verb) + 1 :]
        for noun in _nouns(play, need):
            line = f"{verb} {noun}"
            lines.append(line)
            join = _JOINS.get(verb)
            if join and rest.startswith(noun + " "):
                lines += [line + join + other for other in _second(play, verb, noun)]
    return lines


def _nouns(play: Play, need: str) -> list[str]:
    if need == "way":
        return [SPEECH.way(way).lower() for way in open_ways(play)]
    if need == "spell":
        offers = sorted(play.offers(), key=lambda offer: offer.spell in play.state.passed)
        return [offer.title.lower() for offer in offers]
    if need == "place":
        return [noun for way in play.shown_ways() for noun in way.nouns[:1]]
    if need == "person":
        # Those who walk along are spoken to less than those one has come to.
        people = sorted(play.people(), key=play.follows)
        return [short_name(play, person.id) for person in people]
    return [short_name(play, id) for id in play.sight() if _fits(play, id, need)]


def _fits(play: Play, id: str, need: str) -> bool:
    thing = play.thing(id)
    if need == "held":
        return play.place(id) == PLAYER
    if need == "loose":
        return thing.portable and not play.carried(id)
    return True


def _second(play: Play, verb: str, noun: str) -> list[str]:
    if verb in {"ask", "tell", "frag", "erzähl"}:
        people = [p for p in play.people() if short_name(play, p.id) == noun]
        topics = [topic for person in people for topic in open_topics(play, person, all=True)]
        return [topic.words[0] if topic.words else topic.id for topic in topics]
    if verb in {"give", "show", "gib", "zeig"}:
        return [short_name(play, person.id) for person in play.people()]
    if verb in {"put", "lege"}:
        return [short_name(play, id) for id in play.sight() if play.thing(id).container]
    return [short_name(play, id) for id in play.sight()]
