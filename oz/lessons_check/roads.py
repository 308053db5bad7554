"""Whether everything in the story can be reached, and every stage finished.

Reasoned, not played: starting from the first room, what could become true is gathered until
nothing is added: rooms entered, things seen and carried, topics spoken of, flags set, spells
passed. A `not` counts as satisfiable, since everything is untrue at first. So what is reported is
certain: whatever cannot be reached by this reckoning cannot be reached by playing. That the road
can be walked to its end in one go is for `oz.lessons_check.walk`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from oz.campaign import Campaign, Fault
from oz.story.model import (
    NOWHERE,
    PLAYER,
    Character,
    Condition,
    Effect,
    Rule,
    Term,
    World,
)


@dataclass
class Possible:
    """What can become true in a world."""

    world: World
    rooms: set[str] = field(default_factory=set)
    flags: set[str] = field(default_factory=set)
    passed: set[str] = field(default_factory=set)
    talked: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    """Things and characters."""
    carried: set[str] = field(default_factory=set)
    opened: set[str] = field(default_factory=set)
    fired: set[str] = field(default_factory=set)
    """Rules."""
    places: dict[str, set[str]] = field(default_factory=dict)
    """Where each thing can be: rooms, things, `PLAYER`, `NOWHERE`."""

    def term(self, term: Term) -> bool:
        """Whether it can hold at some time."""
        if term.negated:
            return True
        known: dict[str, set[str]] = {
            "flag": self.flags, "has": self.carried, "in": self.rooms, "visited": self.rooms,
            "here": self.seen, "examined": self.seen, "passed": self.passed,
            "talked": self.talked, "open": self.opened,
        }  # fmt: skip
        if term.test != "at":
            return term.name in known[term.test]
        where = term.place or ""
        could_be_left = term.name in self.carried and (where in self.rooms or where in self.seen)
        return where in self.places[term.name] or could_be_left

    def holds(self, condition: Condition) -> bool:
        return all(map(self.term, condition))

    def rooms_of(self, thing: str, around: tuple[str, ...] = ()) -> set[str]:
        """The rooms in which `thing` can be seen; one that is carried or follows: all of them."""
        if thing in around:
            return set()
        found = self.world.things[thing]
        if thing in self.carried or (isinstance(found, Character) and found.follows):
            return set(self.rooms)
        rooms = set(found.also_in) & self.rooms
        for place in self.places[thing]:
            if place in self.world.rooms:
                rooms |= {place} & self.rooms
            elif place == PLAYER:
                rooms |= self.rooms
            elif place != NOWHERE:
                rooms |= self.rooms_of(place, (*around, thing))
        return rooms

    def _size(self) -> int:
        sets = (self.rooms, self.flags, self.passed, self.talked, self.seen, self.carried)
        grown = sum(map(len, sets)) + len(self.opened) + len(self.fired)
        return grown + sum(map(len, self.places.values()))


def possible(world: World) -> Possible:
    """Everything that can become true in `world`."""
    reached = Possible(world, rooms={world.start} & world.rooms.keys())
    for thing in world.things.values():
        reached.places[thing.id] = {thing.place}
        if thing.starts_open or (thing.container and not thing.openable):
            reached.opened.add(thing.id)
    size = -1
    while size != reached._size():
        size = reached._size()
        _walk(reached)
        _look(reached)
        _act(reached)
    return reached


def _walk(reached: Possible) -> None:
    for room in list(reached.rooms):
        for way in reached.world.rooms[room].exits:
            if reached.holds(way.when):
                reached.rooms.add(way.to)


def _look(reached: Possible) -> None:
    for thing in reached.world.things.values():
        if thing.id not in reached.seen and not reached.rooms_of(thing.id):
            continue
        reached.seen.add(thing.id)
        if thing.portable or PLAYER in reached.places[thing.id]:
            reached.carried.add(thing.id)
        if thing.openable:
            reached.opened.add(thing.id)


def _act(reached: Possible) -> None:
    world = reached.world
    for thing in world.things.values():
        if isinstance(thing, Character) and thing.id in reached.seen:
            _talk(reached, thing)
    for offer in world.offers.values():
        if reached.holds(offer.when) and reached.rooms & set(offer.rooms):
            reached.passed.add(offer.spell)
    for rule in world.rules:
        if rule.id not in reached.fired and _can_fire(reached, rule):
            reached.fired.add(rule.id)
            _take_effect(reached, rule.do)


def _talk(reached: Possible, who: Character) -> None:
    for topic in who.topics:
        id = f"{who.id}.{topic.id}"
        if id not in reached.talked and reached.holds(topic.when):
            reached.talked.add(id)
            _take_effect(reached, topic.do)


def _can_fire(reached: Possible, rule: Rule) -> bool:
    if not reached.holds(rule.when):
        return False
    if rule.on == "pass":
        return rule.thing is None or rule.thing in reached.passed
    return all(thing is None or thing in reached.seen for thing in (rule.thing, rule.second))


def _take_effect(reached: Possible, effects: Iterable[Effect]) -> None:
    for effect in effects:
        match effect.name:
            case "set":
                reached.flags.add(effect.target)
            case "move":
                reached.places[effect.target].add(effect.place)
            case "go":
                reached.rooms.add(effect.target)
            case "open":
                reached.opened.add(effect.target)
            case "offer":
                reached.passed.add(effect.target)


def check(campaign: Campaign) -> list[Fault]:
    """What can never be reached, seen, said, cast or finished."""
    reached = possible(campaign.world)
    return [
        *_places(campaign, reached),
        *_happenings(campaign, reached),
        *_ends(campaign, reached),
    ]


def _places(campaign: Campaign, reached: Possible) -> Iterator[Fault]:
    world = campaign.world
    for room in world.rooms.values():
        at = campaign.where(f"room {room.id}")
        if room.id not in reached.rooms:
            yield Fault(*at, f"nobody can ever come to '{room.id}'")
        elif not room.exits and not _taken_away(world, room.id):
            yield Fault(*at, f"there is no way out of '{room.id}'")
        for way in room.exits:
            if not reached.holds(way.when):
                at = campaign.where(f"exit {room.id} {way.direction}")
                yield Fault(*at, f"this way never opens: {_missing(reached, way.when)}")
    for thing in world.things.values():
        if thing.id not in reached.seen:
            yield Fault(*campaign.where(f"thing {thing.id}"), f"'{thing.id}' is never to be seen")


def _taken_away(world: World, room: str) -> bool:
    """Whether something takes Dorothy out of a room without exits."""
    rules = (rule for rule in world.rules if any(effect.name == "go" for effect in rule.do))
    return any(
        all(term.name == room for term in rule.when if term.test == "in" and not term.negated)
        for rule in rules
    )


def _happenings(campaign: Campaign, reached: Possible) -> Iterator[Fault]:
    world = campaign.world
    for rule in world.rules:
        if rule.id not in reached.fired:
            why = _missing(reached, rule.when) or "what it is about is never in sight"
            yield Fault(*campaign.where(f"rule {rule.id}"), f"this rule can never happen: {why}")
    for who in world.things.values():
        for topic in who.topics if isinstance(who, Character) else ():
            if f"{who.id}.{topic.id}" not in reached.talked and who.id in reached.seen:
                at = campaign.where(f"topic {who.id}.{topic.id}")
                why = _missing(reached, topic.when)
                yield Fault(*at, f"nobody can ever ask '{who.id}' about '{topic.id}': {why}")
    for offer in world.offers.values():
        if offer.spell not in reached.passed:
            why = _missing(reached, offer.when) or "none of its rooms can be reached"
            yield Fault(*campaign.where(f"offer {offer.spell}"), f"it can never be cast: {why}")


def _ends(campaign: Campaign, reached: Possible) -> Iterator[Fault]:
    for stage in campaign.world.stages.values():
        at = campaign.where(f"stage {stage.id}")
        if not reached.holds(stage.finished):
            why = _missing(reached, stage.finished)
            yield Fault(*at, f"the stage can never be finished: {why}")
        for goal in stage.goals:
            why = _missing(reached, goal.when + goal.done)
            if why:
                yield Fault(*at, f"the goal '{goal.text[:50]}' cannot come and go: {why}")


def _missing(reached: Possible, condition: Condition) -> str:
    """The terms that can never hold, as they are written."""
    return " and ".join(
        f"{term.test}:{term.name}{'=' + term.place if term.place else ''}"
        for term in condition
        if not reached.term(term)
    )
