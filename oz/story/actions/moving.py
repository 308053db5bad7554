"""What the verbs of moving do: go, enter, climb.

A handler takes the play, the command and one direct object (or none); it tells whether it
succeeded.
"""

from __future__ import annotations

from collections import deque

from oz.story import stock
from oz.story.actions.common import (
    afterwards,
    announce,
    instead,
    is_person,
    is_real,
    no_object,
    plain,
)
from oz.story.effects import arrive
from oz.story.events import Voice
from oz.story.model import DIRECTIONS, PLAYER, Exit
from oz.story.parser import Command
from oz.story.play import ROOM, WAY, Play
from oz.story.speech import SPEECH
from oz.story.words import capital, definite, listed

_LEAVING = {(word,) for word in ("leave", "exit", "verlass", "verlasse")}
_WALKING = {
    (word,)
    for word in ("go", "walk", "approach", "visit", "run", "head", "geh", "gehe", "lauf", "besuche")
}


def in_order(ways: tuple[Exit, ...]) -> list[str]:
    """Their directions, in compass order; other words after them."""
    known = [way.direction for way in ways]
    return sorted(known, key=lambda d: DIRECTIONS.index(d) if d in DIRECTIONS else len(DIRECTIONS))


def open_ways(play: Play) -> list[str]:
    """Directions in which one can go now."""
    return in_order(tuple(way for way in play.shown_ways() if play.holds(way.when)))


def go(play: Play, command: Command, id: str | None) -> bool:
    if id is not None:
        return _leave(play, command, id)
    direction = command.direction
    if direction is None:
        return _anywhere(play, command)
    way = next((way for way in play.ways() if way.direction == direction), None)
    if way is None and direction in {"in", "out"}:
        way = _only_way(play, direction)
    # A hidden way that is shut is none, unless it has a word for those who try it all the same.
    if way is None or (way.hidden and not play.holds(way.when) and not play.wording(way.blocked)):
        return _no_way(play, direction)
    return walk(play, way)


def _only_way(play: Play, direction: str) -> Exit | None:
    """'in' or 'out' where the way has another name: the one door, or else the one way out."""
    ways = play.shown_ways()
    doors = [way for way in ways if not {"door", "doorway", "tür"}.isdisjoint(way.nouns)]
    if len(doors) == 1:
        return doors[0]
    return ways[0] if direction == "out" and len(ways) == 1 else None


def _no_way(play: Play, direction: str) -> bool:
    ways = open_ways(play)
    if not ways:
        return play.refuse(stock.NO_WAY.format(way=SPEECH.way(direction)))
    told = listed([SPEECH.way(way) for way in ways], "or")
    return play.refuse(stock.NO_WAY_BUT.format(way=SPEECH.way(direction), ways=told))


def _anywhere(play: Play, command: Command) -> bool:
    """'go', 'leave', 'exit' without saying where."""
    leaving = command.words[:1] in _LEAVING or command.words[:2] == ("get", "out")
    ways = [way for way in play.shown_ways() if play.holds(way.when)]
    out = [way for way in ways if way.direction == "out"]
    if leaving and (out or len(ways) == 1):
        return walk(play, (out or ways)[0])
    if not ways:
        return play.refuse(stock.NO_WAY_AT_ALL)
    told = listed([SPEECH.way(way) for way in open_ways(play)], "or")
    return play.refuse(stock.WHICH_WAY.format(ways=told))


def _leave(play: Play, command: Command, id: str) -> bool:
    """'leave house', 'get out of the bed'."""
    if id.startswith(ROOM) and id != ROOM + play.state.room:
        return play.refuse(stock.NOT_IN_ROOM.format(room=definite(play.thing(id).name)))
    return go(play, Command("go", direction="out", words=command.words), None)


def walk(play: Play, way: Exit) -> bool:
    """Go that way, if it is open."""
    if not play.holds(way.when) and not _open_first(play, way):
        if not play.tell(way.blocked, Voice.REFUSAL):
            play.refuse(stock.BLOCKED.format(way=SPEECH.way(way.direction)))
        return False
    arrive(play, way.to)
    return True


def _open_first(play: Play, way: Exit) -> bool:
    """Open the door in the way, if that is all that it wants."""
    shut = [term for term in way.when if term.test == "open" and not term.negated]
    for term in shut:
        thing = play.world.things.get(term.name)
        if thing is None or play.is_open(thing.id):
            continue
        if not thing.openable or not play.in_sight(thing.id):
            return False
        announce(play, play.word(stock.FIRST_OPENING, thing.id))
        if instead(play, "open", (thing.id,)):
            continue
        play.set_open(thing.id, open=True)
        afterwards(play, "open", (thing.id,))
    return play.holds(way.when)


def way_of(play: Play, id: str) -> Exit | None:
    """The way out that `id` is: itself, or a thing (a door, a house) by whose name a way goes."""
    if id.startswith(WAY):
        return play.way(id)
    if not is_real(play, id):
        return None
    for noun in sorted(play.words.nouns[id]):
        way = play.way_named(noun)
        if way is not None:
            return way
    doors = (w for w in play.ways() if any(t.test == "open" and t.name == id for t in w.when))
    return next(doors, None)


def enter(play: Play, command: Command, id: str | None) -> bool:
    if id is None:
        return go(play, Command("go", direction="in", words=command.words), None)
    if id == PLAYER:
        return no_object(play, command, id)
    way = way_of(play, id)
    if way is not None:
        # A rule about going that way speaks here too, whatever the way was called.
        if instead(play, "go", (way.direction,)):
            return True
        return walk(play, way)
    if id.startswith(ROOM):
        return _go_to_room(play, id.removeprefix(ROOM))
    if is_person(play, id):
        return plain(play, Command("follow"), id)
    if command.words[:1] in _WALKING:
        play.say(play.word(stock.HERE_IT_IS, id))
        return True
    return play.refuse(play.word(stock.NOT_ENTERABLE, id))


def _go_to_room(play: Play, room: str) -> bool:
    if room == play.state.room:
        return play.refuse(stock.HERE_ALREADY)
    way = first_step(play, room)
    name = definite(play.world.rooms[room].name)
    if way is None:
        shut = next((way for way in play.shown_ways() if way.to == room), None)
        if shut is not None:
            return walk(play, shut)
        return play.refuse(stock.FAR_SHUT.format(room=name))
    if way.to == room:
        return walk(play, way)
    return play.refuse(stock.FAR.format(Room=capital(name), way=SPEECH.way(way.direction)))


def first_step(play: Play, room: str) -> Exit | None:
    """The first of the fewest open ways to `room`, through rooms that were visited."""
    seen = {play.state.room}
    queue: deque[tuple[str, Exit | None]] = deque([(play.state.room, None)])
    while queue:
        at, first = queue.popleft()
        for way in play.ways(at):
            if way.to in seen or not play.holds(way.when) or way.to not in play.world.rooms:
                continue
            step = first or way
            if way.to == room:
                return step
            seen.add(way.to)
            if way.to in play.state.visited:
                queue.append((way.to, step))
    return None


def climb(play: Play, command: Command, id: str | None) -> bool:
    if id is None:
        up = any(way.direction == "up" for way in play.shown_ways())
        if up:
            return go(play, Command("go", direction="up", words=command.words), None)
        return no_object(play, command, None)
    way = way_of(play, id) if id != PLAYER else None
    if way is not None:
        if instead(play, "go", (way.direction,)):
            return True
        return walk(play, way)
    return plain(play, command, id)
