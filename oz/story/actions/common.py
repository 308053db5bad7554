"""What several verbs share: default answers, doing something else first.

Knows `Play` and the stock sentences.
"""

from __future__ import annotations

from oz.story import stock
from oz.story.effects import fire, matching_rules
from oz.story.events import Voice
from oz.story.model import PLAYER, Character
from oz.story.parser import Command
from oz.story.play import Play


def is_person(play: Play, id: str) -> bool:
    return isinstance(play.world.things.get(id), Character)


def is_real(play: Play, id: str) -> bool:
    """Not a way out or a room that stands where a thing could."""
    return id in play.world.things


def person(play: Play, id: str) -> Character | None:
    thing = play.world.things.get(id)
    return thing if isinstance(thing, Character) else None


def announce(play: Play, text: str) -> None:
    """Say what is done first: '(first opening the cupboard)'."""
    play.say(text, Voice.REPORT)


def no_object(play: Play, command: Command, id: str | None) -> bool:
    """The default answer of a verb without an object, or with Dorothy herself as one."""
    if id == PLAYER:
        text = stock.ONESELF.get(command.verb, stock.ONESELF_ELSE)
    else:
        text = stock.ALONE.get(command.verb, stock.NOT_FOLLOWED.format(verb=command.verb))
    play.say(text)
    return True


def plain(play: Play, command: Command, id: str | None) -> bool:
    """A verb that does nothing by itself: its default answer."""
    if id is None or id == PLAYER:
        return no_object(play, command, id)
    who = person(play, id)
    if who is not None:
        if play.follows(who) and command.verb in stock.COMPANION:
            text = stock.COMPANION[command.verb]
        else:
            text = stock.PERSON.get(command.verb, stock.PERSON_ELSE)
    else:
        text = stock.PLAIN.get(command.verb, stock.PLAIN_ELSE)
    play.say(play.word(text, id))
    return True


def instead(play: Play, verb: str, objects: tuple[str, ...], second: str | None = None) -> bool:
    """Let the first matching 'instead' rule of `verb` speak; whether there was one."""
    for rule in matching_rules(play, verb, objects, second):
        if rule.instead:
            before = len(play.events)
            fire(play, rule)
            if len(play.events) == before:
                play.say(stock.NOTHING_OBVIOUS)
            return True
    return False


def afterwards(play: Play, verb: str, objects: tuple[str, ...], second: str | None = None) -> None:
    """Let all matching 'after' rules of `verb` speak."""
    for rule in matching_rules(play, verb, objects, second):
        if not rule.instead:
            fire(play, rule)
