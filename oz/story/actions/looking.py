"""What the verbs of looking do: look, examine, search, read, listen, smell, inventory.

A handler takes the play, the command and one direct object (or none); it tells whether it
succeeded.
"""

from __future__ import annotations

from oz.story import stock
from oz.story.actions.common import is_person, is_real, no_object
from oz.story.describe import describe_contents, describe_room
from oz.story.events import Conjure, Voice
from oz.story.model import PLAYER
from oz.story.parser import Command
from oz.story.play import ROOM, WAY, Play, direction_of
from oz.story.speech import SPEECH
from oz.story.words import capital, definite


def look(play: Play, _: Command, __: str | None) -> bool:
    describe_room(play, always=True)
    return True


def examine(play: Play, command: Command, id: str | None) -> bool:
    if id is None:
        return look(play, command, id)
    if id == PLAYER:
        return _examine_self(play)
    if id.startswith(WAY):
        return _examine_way(play, id)
    if id.startswith(ROOM):
        return look(play, command, None)
    thing = play.thing(id)
    told = play.tell(thing.description)
    if thing.conjure:
        play.events.append(Conjure(id, thing.conjure))
    inside = describe_contents(play, id)
    if not (told or inside or thing.conjure):
        play.say(
            play.word(stock.NOBODY_SPECIAL if is_person(play, id) else stock.NOTHING_SPECIAL, id)
        )
    play.change(examined=play.state.examined | {id})
    return True


def _examine_self(play: Play) -> bool:
    play.say(stock.SELF, Voice.PROSE)
    held = play.contents(PLAYER)
    if held:
        play.say(stock.SELF_HOLDING.format(things=play.list_a(held)))
    return True


def _examine_way(play: Play, id: str) -> bool:
    way = play.way(id)
    if way is None:
        return play.refuse(stock.NO_WAY.format(way=SPEECH.way(direction_of(id))))
    if not play.holds(way.when) and play.tell(way.blocked):
        return True
    room = play.world.rooms.get(way.to)
    if room is not None and room.id in play.state.visited:
        play.say(
            play.word(
                stock.WAY_OPEN_TO, id, way=SPEECH.way(way.direction), room=definite(room.name)
            )
        )
    else:
        play.say(play.word(stock.WAY_OPEN, id, way=SPEECH.way(way.direction)))
    return True


def search(play: Play, command: Command, id: str | None) -> bool:
    if id is None or id == PLAYER or not is_real(play, id):
        return no_object(play, command, id)
    if is_person(play, id):
        return play.refuse(play.word(stock.SEARCHED_PERSON, id))
    if not describe_contents(play, id, always=True):
        play.say(play.word(stock.SEARCHED, id))
    return True


def look_under(play: Play, command: Command, id: str | None) -> bool:
    if id is None or id == PLAYER:
        return no_object(play, command, id)
    play.say(play.word(stock.UNDER, id))
    return True


def look_way(play: Play, command: Command, _: str | None) -> bool:
    """'look north': what lies there, as far as one knows."""
    direction = command.direction or "north"
    way = next((way for way in play.shown_ways() if way.direction == direction), None)
    if way is None:
        vertical = stock.LOOK_VERTICAL.get(direction)
        play.say(vertical or stock.LOOK_NO_WAY.format(way=SPEECH.way(direction)))
    elif not play.holds(way.when) and play.tell(way.blocked):
        pass
    else:
        room = play.world.rooms.get(way.to)
        if room is not None and room.id in play.state.visited:
            name = definite(room.name)
        else:
            name = stock.SOMEWHERE_NEW
        play.say(stock.LOOK_WAY.format(Way=capital(SPEECH.way(direction)), what=name))
    return True


def read(play: Play, command: Command, id: str | None) -> bool:
    if id is None:
        return no_object(play, command, id)
    thing = play.thing(id)
    if play.tell(thing.read):
        play.change(examined=play.state.examined | {id})
        return True
    if thing.conjure:
        return examine(play, command, id)
    return play.refuse(play.word(stock.NOT_READABLE, id))


def listen(play: Play, command: Command, id: str | None) -> bool:
    if id is not None and is_person(play, id):
        play.say(play.word(stock.LISTEN_PERSON, id))
    elif id == PLAYER:
        return no_object(play, command, id)
    elif not play.tell(play.room.listen):
        # What there is to hear belongs to the place: the wind, the river, the clock.
        play.say(stock.LISTEN if id is None else play.word(stock.LISTEN_THING, id))
    return True


def smell(play: Play, command: Command, id: str | None) -> bool:
    if id == PLAYER:
        return no_object(play, command, id)
    if id is not None and is_person(play, id):
        play.say(play.word(stock.SMELL_PERSON, id))
    elif not play.tell(play.room.smell):
        play.say(stock.SMELL if id is None else play.word(stock.SMELL_THING, id))
    return True


def inventory(play: Play, _: Command, __: str | None) -> bool:
    held = play.contents(PLAYER)
    if not held:
        play.say(stock.CARRYING_NOTHING)
        return True
    lines = [stock.CARRYING, ""]
    for id in held:
        lines.append(f"- {play.a(id)}")
        inside = play.contents(id) if play.shows_inside(id) else []
        lines.extend(f"  - {play.a(other)}" for other in inside)
    play.say("\n".join(lines))
    return True
