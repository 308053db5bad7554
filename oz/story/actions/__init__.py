"""What each verb does by itself, when no rule of a stage says otherwise."""

from __future__ import annotations

from collections.abc import Callable

from oz.story.actions import doing, looking, moving, people, taking
from oz.story.actions.common import plain
from oz.story.parser import Command
from oz.story.play import Play

Handler = Callable[[Play, Command, str | None], bool]

HANDLERS: dict[str, Handler] = {
    "look": looking.look,
    "examine": looking.examine,
    "search": looking.search,
    "look-under": looking.look_under,
    "look-way": looking.look_way,
    "read": looking.read,
    "inventory": looking.inventory,
    "listen": looking.listen,
    "smell": looking.smell,
    "take": taking.take,
    "drop": taking.drop,
    "put": taking.put,
    "give": taking.give,
    "show": taking.show,
    "throw": taking.throw,
    "wear": taking.wear,
    "take-off": taking.take_off,
    "use": doing.use,
    "open": doing.open_,
    "close": doing.close,
    "wait": doing.wait,
    "where": doing.where,
    "who": doing.who,
    "what": doing.what,
    "talk": people.talk,
    "ask": people.ask,
    "tell": people.ask,
    "order": people.order,
    "say": people.say,
    "go": moving.go,
    "enter": moving.enter,
    "climb": moving.climb,
}


def handler(verb: str) -> Handler:
    """What `verb` does; the verbs without an action of their own give their default answer."""
    return HANDLERS.get(verb, plain)
