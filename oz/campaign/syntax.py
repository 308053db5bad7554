"""The two small languages of ``stage.toml``: conditions and effects.

Conditions are terms joined by ``and``, each perhaps with ``not``. Effects are a word and its
arguments. Both become the data of `oz.story.model`; what is wrong becomes a fault.
"""

from __future__ import annotations

import re
from typing import cast, get_args

from oz.campaign.faults import near
from oz.campaign.names import Scope
from oz.campaign.prose import Prose
from oz.campaign.source import Spot
from oz.story.model import Condition, Effect, EffectName, Term, Test

_TESTS: tuple[str, ...] = get_args(Test)
_AND = re.compile(r"\s+and\s+")

_SHAPES: dict[str, str] = {
    "set": "set FLAG", "clear": "clear FLAG", "move": "move THING to PLACE", "go": "go ROOM",
    "say": "say KEY", "score": "score POINTS KEY", "journal": "journal KEY", "open": "open THING",
    "close": "close THING", "conjure": "conjure THING", "offer": "offer SPELL", "finish": "finish",
}  # fmt: skip


def condition(text: str, scope: Scope, spot: Spot) -> Condition:
    """`text` as terms; a term that cannot be read is left out, with a fault."""
    if not text.strip():
        return ()
    terms = (_term(part.strip(), scope, spot) for part in _AND.split(text.strip()))
    return tuple(term for term in terms if term is not None)


def _term(text: str, scope: Scope, spot: Spot) -> Term | None:
    negated = text.startswith("not ")
    body = text.removeprefix("not ").strip()
    test, colon, name = body.partition(":")
    if not colon or not name or " " in body:
        said = (
            f"'{body}' is no condition: TEST:NAME, joined by 'and', with 'not' before it or nothing"
        )
        if " or " in f" {body} ":
            said = "a condition knows no 'or': write two rules or two variants"
        scope.faults.add(spot.path, spot.line, said)
        return None
    if test not in _TESTS:
        scope.faults.add(spot.path, spot.line, f"unknown test '{test}:'{near(test, _TESTS)}")
        return None
    place: str | None = None
    if test == "at":
        name, equals, where = name.partition("=")
        if not equals:
            scope.faults.add(spot.path, spot.line, f"'{body}' must be at:THING=PLACE")
            return None
        place = scope.place(where, spot)
    find = {
        "flag": scope.flag_tested, "in": scope.room, "visited": scope.room, "passed": scope.spell,
        "talked": scope.topic,
    }.get(test, scope.thing)  # fmt: skip
    return Term(cast("Test", test), find(name, spot), place, negated)


def effect(text: str, scope: Scope, prose: Prose, spot: Spot) -> Effect | None:
    """`text` as an effect, or `None` after noting what is wrong with it."""
    words = text.split()
    name = words[0] if words else ""
    if name not in _SHAPES:
        scope.faults.add(spot.path, spot.line, f"unknown effect '{text}'{near(name, _SHAPES)}")
        return None
    known = cast("EffectName", name)
    match words:
        case ["finish"]:
            return Effect(known)
        case ["set", flag]:
            return Effect(known, scope.flag_set(flag, spot))
        case ["clear", flag]:
            return Effect(known, scope.flag_tested(flag, spot))
        case ["move", thing, "to", place]:
            target = scope.thing(thing, spot)
            return Effect(known, target, scope.place(place, spot))
        case ["go", room]:
            return Effect(known, scope.room(room, spot))
        case ["open" | "close" | "conjure", thing]:
            return Effect(known, scope.thing(thing, spot))
        case ["offer", spell]:
            return Effect(known, scope.spell(spell, spot))
        case ["say" | "journal", key]:
            return _telling(known, key, 0, scope, prose, spot)
        case ["score", points, key] if points.isdecimal():
            return _telling(known, key, int(points), scope, prose, spot)
    scope.faults.add(spot.path, spot.line, f"'{text}' must be '{_SHAPES[name]}'")
    return None


def _telling(
    name: EffectName, key: str, points: int, scope: Scope, prose: Prose, spot: Spot
) -> Effect:
    text = prose.take(name, key)
    if text is None:
        hint = near(key, prose.of_kind(name))
        scope.faults.add(spot.path, spot.line, f"{prose.path.name} has no '## {name} {key}'{hint}")
    return Effect(name, f"{prose.stage}/{name} {key}", points=points, text=text)
