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
from oz.story.play import ROOM, WAY, Play
from oz.story.words import phrase


def take(play: Play, command: Command, id: str | None) -> bool:
    if id is None or id == PLAYER:
        return no_object(play, command, id)
    refusal = _take_refusal(play, id)
    if refusal:
        return play.refuse(refusal)
    if command.second is not None and play.place(id) != command.second:
        return play.refuse(stock.NOT_IN_THERE.format(The=play.The(id)))
    place = play.place(id)
    hold(play, id)
    if place in play.world.things and not is_person(play, place):
        play.say(stock.TAKEN_FROM.format(the=play.the(id), where=play.the(place)))
    else:
        play.say(stock.TAKEN)
    thing = play.thing(id)
    score(play, f"take {id}", thing.points, stock.FOUND_REASON.format(the=play.the(id)))
    return True


def hold(play: Play, id: str) -> None:
    """Put it into Dorothy's hands."""
    play.move(id, PLAYER)
    play.change(taken=play.state.taken | {id})


def _take_refusal(play: Play, id: str) -> str:
    thing = play.thing(id)
    names = {"the": play.the(id), "The": play.The(id)}
    if id.startswith(ROOM):
        return stock.NOT_PORTABLE.format(**names)
    if id.startswith(WAY):
        return stock.TAKE_WAY.format(way=id.removeprefix(WAY), **names)
    if play.place(id) == PLAYER:
        return stock.HAVE_ALREADY.format(**names)
    who = person(play, id)
    if who is not None and not thing.portable:
        if play.follows(who):
            return stock.COMPANION["take"].format(Who=play.The(id))
        return stock.TAKE_PERSON.format(Who=play.The(id), who=_pronoun(play, id))
    holder = play.place(id)
    if is_person(play, holder):
        return stock.THEIRS.format(who=play.the(holder), **names)
    if not thing.portable:
        form = stock.NOT_PORTABLE_PLURAL if thing.plural else stock.NOT_PORTABLE
        return form.format(**names)
    return ""


def _pronoun(play: Play, id: str) -> str:
    who = person(play, id)
    return {"him": "he", "her": "she", "it": "it", "them": "they"}[who.pronoun if who else "it"]


def imply_held(play: Play, id: str) -> bool:
    """Take `id` first, saying so, if that can be done; whether Dorothy has it now."""
    if play.carried(id):
        return True
    if id not in play.world.things or _take_refusal(play, id):
        return False
    announce(play, stock.FIRST_TAKING.format(the=play.the(id)))
    if instead(play, "take", (id,)):
        return play.carried(id)
    hold(play, id)
    score(play, f"take {id}", play.thing(id).points, stock.FOUND_REASON.format(the=play.the(id)))
    afterwards(play, "take", (id,))
    return play.carried(id)


def drop(play: Play, command: Command, id: str | None) -> bool:
    if id is None or id == PLAYER:
        return no_object(play, command, id)
    if not play.carried(id):
        return play.refuse(stock.NOT_HELD.format(the=play.the(id)))
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
        return play.refuse(
            refusal.format(
                the=play.the(id),
                The=play.The(id),
                second=play.the(second),
                Second=play.The(second),
                Who=play.The(second),
            )
        )
    if inside and not play.is_open(second):
        announce(play, stock.FIRST_OPENING.format(the=play.the(second)))
        if instead(play, "open", (second,)):
            if not play.is_open(second):
                return False
        else:
            play.set_open(second, open=True)
            afterwards(play, "open", (second,))
    if not play.move(id, second):
        return play.refuse(stock.PUT_LOOP.format(the=play.the(id), Second=play.The(second)))
    form = stock.PUT_IN if play.thing(second).container else stock.PUT_ON
    play.say(form.format(the=play.the(id), second=play.the(second)))
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
        return play.refuse(stock.GIVE_THING.format(Second=play.The(second)))
    if not play.carried(id):
        return play.refuse(stock.NOT_HELD.format(the=play.the(id)))
    return play.refuse(stock.GIVE_NO.format(Who=play.The(second), the=play.the(id)))


def show(play: Play, command: Command, id: str | None) -> bool:
    """Showing a thing to somebody who knows of it is as good as asking about it."""
    second = command.second
    if id is None or id == PLAYER or second is None or second == PLAYER:
        return no_object(play, command, PLAYER)
    who = person(play, second)
    if who is None:
        return play.refuse(stock.SHOW_THING.format(Second=play.The(second)))
    nouns = play.words.nouns.get(id, frozenset())
    for topic in who.topics:
        if play.holds(topic.when) and any(phrase(word) in nouns for word in topic.words):
            topic_reply(play, who, topic)
            return True
    play.say(stock.SHOW_NO.format(Who=play.The(second), the=play.the(id)))
    return True


def throw(play: Play, command: Command, id: str | None) -> bool:
    if id is None or id == PLAYER:
        return no_object(play, command, id)
    if not play.carried(id):
        return play.refuse(stock.NOT_HELD.format(the=play.the(id)))
    second = command.second
    if second is not None and is_person(play, second):
        return play.refuse(stock.THROW_PERSON.format(Who=play.The(second)))
    if second is not None and command.preposition in {"in", "into"} and second != PLAYER:
        return put(play, command, id)
    play.move(id, play.state.room)
    if second is None:
        play.say(stock.THROW.format(The=play.The(id)))
    else:
        play.say(stock.THROW_AT.format(The=play.The(id), second=play.the(second)))
    return True


def wear(play: Play, command: Command, id: str | None) -> bool:
    if id is None or id == PLAYER:
        return no_object(play, command, id)
    return play.refuse(stock.NOT_WEARABLE.format(The=play.The(id)))


def take_off(play: Play, command: Command, id: str | None) -> bool:
    if id is None or id == PLAYER:
        return no_object(play, command, id)
    return play.refuse(stock.TAKE_OFF.format(the=play.the(id)))
