"""What the verbs of having do: take, drop, put, give, show, throw, wear.

A handler takes the play, the command and one direct object; it tells whether it succeeded.
"""

from __future__ import annotations

from oz.story import stock
from oz.story.actions.common import (
    afterwards,
    announce,
    instead,
    is_person,
    no_object,
    person,
)
from oz.story.effects import score, topic_reply
from oz.story.model import PLAYER
from oz.story.parser import Command
from oz.story.play import ROOM, WAY, Play, direction_of
from oz.story.speech import SPEECH
from oz.story.words import phrase


def take(play: Play, command: Command, id: str | None) -> bool:
    if id is None or id == PLAYER:
        return no_object(play, command, id)
    refusal = _take_refusal(play, id)
    if refusal:
        return play.refuse(refusal)
    if command.second is not None and play.place(id) != command.second:
        return play.refuse(play.word(stock.NOT_IN_THERE, id))
    place = play.place(id)
    hold(play, id)
    if place in play.world.things and not is_person(play, place):
        play.say(play.word(stock.TAKEN_FROM, id, place))
    else:
        play.say(stock.TAKEN)
    thing = play.thing(id)
    score(play, f"take {id}", thing.points, play.word(stock.FOUND_REASON, id))
    return True


def hold(play: Play, id: str) -> None:
    """Put it into Dorothy's hands."""
    play.move(id, PLAYER)
    play.change(taken=play.state.taken | {id})


def _take_refusal(play: Play, id: str) -> str:
    thing = play.thing(id)
    if id.startswith(ROOM):
        return play.word(stock.NOT_PORTABLE, id)
    if id.startswith(WAY):
        return play.word(stock.TAKE_WAY, id, way=SPEECH.way(direction_of(id)))
    if play.place(id) == PLAYER:
        return play.word(stock.HAVE_ALREADY, id)
    who = person(play, id)
    if who is not None and not thing.portable:
        if play.follows(who):
            return play.word(stock.COMPANION["take"], id)
        return play.word(stock.TAKE_PERSON, id)
    holder = play.place(id)
    if is_person(play, holder):
        return play.word(stock.THEIRS, id, holder)
    if not thing.portable:
        return play.word(stock.NOT_PORTABLE, id)
    return ""


def imply_held(play: Play, id: str) -> bool:
    """Take `id` first, saying so, if that can be done; whether Dorothy has it now."""
    if play.carried(id):
        return True
    if id not in play.world.things or _take_refusal(play, id):
        return False
    announce(play, play.word(stock.FIRST_TAKING, id))
    if instead(play, "take", (id,)):
        return play.carried(id)
    hold(play, id)
    score(play, f"take {id}", play.thing(id).points, play.word(stock.FOUND_REASON, id))
    afterwards(play, "take", (id,))
    return play.carried(id)


def drop(play: Play, command: Command, id: str | None) -> bool:
    if id is None or id == PLAYER:
        return no_object(play, command, id)
    if not play.carried(id):
        return play.refuse(play.word(stock.NOT_HELD, id))
    play.move(id, play.state.room)
    play.say(stock.DROPPED)
    return True


def put(play: Play, command: Command, id: str | None) -> bool:
    """'put X in Y', 'put X on Y' (and under, behind, beside: as on)."""
    second = command.second
    if id is None or id == PLAYER or second is None or second == PLAYER:
        return no_object(play, command, PLAYER)
    inside = command.preposition in {"in", "into", "inside", "to"}
    refusal = _put_refusal(play, id, second, inside=inside)
    if refusal:
        return play.refuse(play.word(refusal, id, second))
    if inside and not play.is_open(second):
        announce(play, play.word(stock.FIRST_OPENING, second))
        if instead(play, "open", (second,)):
            if not play.is_open(second):
                return False
        else:
            play.set_open(second, open=True)
            afterwards(play, "open", (second,))
    if not play.move(id, second):
        return play.refuse(play.word(stock.PUT_LOOP, id, second))
    form = stock.PUT_IN if play.thing(second).container else stock.PUT_ON
    play.say(play.word(form, id, second))
    return True


def _put_refusal(play: Play, id: str, second: str, *, inside: bool) -> str:
    if id == second:
        return stock.PUT_IN_ITSELF
    if is_person(play, second):
        return stock.PUT_PERSON
    if play.place(id) == second:
        return stock.ALREADY_THERE
    if not play.carried(id):
        return stock.NOT_HELD
    if second not in play.world.things or not play.thing(second).container:
        return stock.NO_ROOM_IN if inside else stock.NO_ROOM_ON
    if inside and not play.is_open(second) and not play.thing(second).openable:
        return stock.NO_ROOM_IN
    return ""


def give(play: Play, command: Command, id: str | None) -> bool:
    second = command.second
    if id is None or id == PLAYER or second is None:
        return no_object(play, command, PLAYER)
    if second == PLAYER:
        return play.refuse(stock.GIVE_SELF)
    if not is_person(play, second):
        return play.refuse(play.word(stock.GIVE_THING, id, second))
    if not play.carried(id):
        return play.refuse(play.word(stock.NOT_HELD, id))
    return play.refuse(play.word(stock.GIVE_NO, id, second))


def show(play: Play, command: Command, id: str | None) -> bool:
    """Showing a thing to somebody who knows of it is as good as asking about it."""
    second = command.second
    if id is None or id == PLAYER or second is None or second == PLAYER:
        return no_object(play, command, PLAYER)
    who = person(play, second)
    if who is None:
        return play.refuse(play.word(stock.SHOW_THING, id, second))
    nouns = play.words.nouns.get(id, frozenset())
    for topic in who.topics:
        if play.holds(topic.when) and any(phrase(word) in nouns for word in topic.words):
            topic_reply(play, who, topic)
            return True
    play.say(play.word(stock.SHOW_NO, id, second))
    return True


def throw(play: Play, command: Command, id: str | None) -> bool:
    if id is None or id == PLAYER:
        return no_object(play, command, id)
    if not play.carried(id):
        return play.refuse(play.word(stock.NOT_HELD, id))
    second = command.second
    if second is not None and is_person(play, second):
        return play.refuse(play.word(stock.THROW_PERSON, id, second))
    if second is not None and command.preposition in {"in", "into"} and second != PLAYER:
        return put(play, command, id)
    play.move(id, play.state.room)
    if second is None:
        play.say(play.word(stock.THROW, id))
    else:
        play.say(play.word(stock.THROW_AT, id, second))
    return True


def wear(play: Play, command: Command, id: str | None) -> bool:
    if id is None or id == PLAYER:
        return no_object(play, command, id)
    return play.refuse(play.word(stock.NOT_WEARABLE, id))


def take_off(play: Play, command: Command, id: str | None) -> bool:
    if id is None or id == PLAYER:
        return no_object(play, command, id)
    return play.refuse(play.word(stock.TAKE_OFF, id))
