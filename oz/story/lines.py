"""The line that somebody would type to do something: the parser's grammar read backwards.

For whoever plays by rules: the guide along the road, and the walk that checks the lessons. Pure;
types nothing, and knows neither of them.
"""

from __future__ import annotations

from oz.story.model import Rule, Thing
from oz.story.play import Play
from oz.story.speech import SPEECH, definite, fitting
from oz.story.verbs import BY_NAME


def line(verb: str, *things: Thing, topic: str = "") -> str:
    """The verb with the names of things and people in its slots, and `topic` in its own, in the
    first way there is; empty: there is none.

    In the language that is spoken; in English where something has no name in it.
    """
    names = [SPEECH.name(thing) for thing in things]
    if SPEECH.typed is None or any(name.the.startswith("the ") for name in names):
        return _english(verb, [definite(thing.name) for thing in things], topic)
    return SPEECH.typed(verb, names, topic)


def _english(verb: str, names: list[str], topic: str) -> str:
    left = iter(names)
    return " ".join(
        (topic if part == "{topic}" else next(left)) if part.startswith("{") else part.split("|")[0]
        for part in fitting(BY_NAME[verb].lines, len(names), topic) or ()
    )


def line_for(rule: Rule, play: Play) -> str:
    """What to type for `rule` to happen; empty where it cannot here, or needs no typing."""
    if rule.on not in BY_NAME or rule.id in play.state.fired or not play.holds(rule.when):
        return ""
    things = [thing for thing in (rule.thing, rule.second) if thing is not None]
    if any(thing not in play.sight() for thing in things):
        return ""
    return line(rule.on, *(play.world.things[thing] for thing in things))
