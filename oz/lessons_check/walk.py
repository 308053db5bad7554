"""A walk through the whole story by somebody who does everything everywhere.

It plays the real engine with real lines: goes to every room, looks at, takes, opens and reads all
there is, talks about everything, does what rules wait for, and passes every spell where it is
offered (that answers can pass is for `answers` to show). It goes on until nothing new happens. A
stage that is not finished then has a lock without a key, or one that doing something else first
throws away.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from oz.campaign import Campaign, Fault
from oz.story import begin, spell_passed, step
from oz.story.lines import line_for
from oz.story.model import Character, World
from oz.story.play import Play
from oz.story.state import State, carried_off
from oz.story.words import definite

ROUNDS = 60
"""Visits for each room before the walk is given up: rules that undo each other could go on for
ever."""

_CHANGES = ("flags", "passed", "visited", "talked", "opened", "fired", "scored", "journal")
"""What of the state counts as something having happened."""


@dataclass
class Walk:
    """A walk under way."""

    world: World
    state: State
    done: dict[str, object] = field(default_factory=dict)
    """What had happened when each room was last gone through."""
    typed: dict[str, set[str]] = field(default_factory=dict)
    """What was typed in each room so far."""
    away: dict[tuple[str, str], object] = field(default_factory=dict)
    """Lines that lead out of their room, and what had happened when they last did."""

    within: frozenset[str] | None = None
    """The rooms where it looks for something new; `None`: everywhere."""

    @property
    def play(self) -> Play:
        return Play(self.world, self.state)

    def happened(self) -> tuple[object, ...]:
        """What has come about; who only walks along has not come about."""
        changed = (_frozen(getattr(self.state, name)) for name in _CHANGES)
        return (carried_off(self.state, self.world), *changed)

    def type(self, line: str) -> None:
        """Type a line."""
        self.state = step(self.world, self.state, line).state


def _frozen(value: object) -> object:
    return frozenset(value.items()) if isinstance(value, dict) else value


def walk(world: World) -> Walk:
    """Play `world` until nothing new happens anywhere."""
    return go(Walk(world, begin(world).state))


def go(walked: Walk, enough: Callable[[Walk], bool] = lambda _: False) -> Walk:
    """Walk on until nothing new happens anywhere, or it is `enough`."""
    for _ in range(ROUNDS * len(walked.world.rooms)):
        if enough(walked):
            break
        _go_through(walked)
        if not _go_on(walked):
            break
    return walked


def _go_through(walked: Walk) -> None:
    """Do everything in the room where one stands, until it does nothing any more."""
    room = walked.state.room
    before: object = None
    while walked.state.room == room and before != walked.happened():
        before = walked.happened()
        for line in list(_lines(walked.world, walked.play)):
            if (room, line) in walked.away and walked.away[room, line] == walked.happened():
                continue
            walked.typed.setdefault(room, set()).add(line)
            walked.type(line)
            if walked.state.room != room:
                walked.away[room, line] = walked.happened()
                return
        for offer in walked.play.offers():
            if offer.spell not in walked.state.passed:
                walked.state = spell_passed(walked.world, walked.state, offer.spell).state
    walked.done[room] = walked.happened()


def _lines(world: World, play: Play) -> Iterator[str]:
    """What can be typed here that might do something."""
    for id in play.sight():
        thing = world.things.get(id)
        if thing is None:
            continue
        name = definite(thing.name)
        if id not in play.state.examined:
            yield f"examine {name}"
        if thing.portable and not play.carried(id):
            yield f"take {name}"
        if thing.openable:
            yield f"open {name}"
        if isinstance(thing, Character):
            yield f"talk to {name}"
            for topic in thing.topics:
                if f"{id}.{topic.id}" not in play.state.talked:
                    yield f"ask {name} about {topic.words[0]}"
    for rule in world.rules:
        if line := line_for(rule, play):
            yield line


def _go_on(walked: Walk) -> bool:
    """Go to the nearest room where there is something to type that never was; without one, to the
    nearest where something new could happen all the same. Whether there is one."""
    now = walked.happened()
    start = walked.state.room
    paths = _paths(walked)
    among = [room for room in paths if walked.within is None or room in walked.within]
    old = [room for room in among if room != start and walked.done.get(room) != now]
    for room in chain((room for room in old if _fresh(walked, room)), old):
        for direction in paths[room]:
            walked.type(direction)
        return True
    return walked.done.get(start) != now


def _paths(walked: Walk) -> dict[str, list[str]]:
    """The way from here to each room that can be reached, nearest first."""
    paths: dict[str, list[str]] = {walked.state.room: []}
    queue = deque(paths)
    while queue:
        room = queue.popleft()
        for way in walked.world.rooms[room].exits:
            if way.to not in paths and walked.play.holds(way.when):
                paths[way.to] = [*paths[room], way.direction]
                queue.append(way.to)
    return paths


def _fresh(walked: Walk, room: str) -> bool:
    """Whether something could be typed in `room` that was not typed there yet."""
    there = Play(walked.world, replace(walked.state, room=room))
    if any(offer.spell not in walked.state.passed for offer in there.offers()):
        return True
    typed = walked.typed.get(room, ())
    return any(line not in typed for line in _lines(walked.world, there))


def check(campaign: Campaign) -> list[Fault]:
    """Stages that the walk does not finish."""
    world = campaign.world
    walked = walk(world)
    where = walked.world.rooms[walked.state.room].name
    return [
        Fault(
            *campaign.where(f"stage {stage.id}"),
            f"somebody who does everything everywhere does not finish '{stage.title}';"
            f" they end in '{where}', {len(walked.state.passed)} spells passed",
        )
        for stage in world.stages.values()
        if not walked.play.holds(stage.finished)
    ]
