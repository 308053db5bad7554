"""What somebody would type next who wants to get on: to where a spell can be cast, by the story.

For those who solve the spells with their own tools and have the story told meanwhile. The guide
does what something waits for (a way, a rule, an offer), then goes to the nearest place where there
is such a thing, or where nobody was yet. Pure: it looks at a state and gives a line; whoever types
it takes the consequences.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from oz.story.lines import line, line_for
from oz.story.model import Character, Condition, Effect, Term, World
from oz.story.play import Play
from oz.story.speech import SPEECH
from oz.story.state import State, carried_off, finished_mark

_MOST = 4
"""Times that one line is typed in one room, since rules may undo each other for ever."""
_IDLE = 50
"""Lines without anything coming about, beyond one for each room, after which there is no road."""
_HAPPENED = ("flags", "passed", "visited", "talked", "opened", "closed", "fired")
"""What of a state counts as something having come about, besides where things are."""
_TELLING = {"say", "score", "journal", "conjure"}
"""Effects that nothing else waits for."""


@dataclass
class Guide:
    """A guide through one world. Remembers what it said, so as not to say it for ever."""

    world: World
    _said: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Room and line, how often."""
    _vain: set[tuple[str, str, int]] = field(default_factory=set)
    """Room and line, and all that had come about by then: it would only do the same again."""
    _last: int = 0
    _idle: int = 0
    """Lines after which nothing new had come about, in a row."""
    _waited_for: frozenset[tuple[str, str]] = frozenset()
    """Test and name of every term that stands in some condition."""

    def __post_init__(self) -> None:
        self._waited_for = frozenset((term.test, term.name) for term in _terms(self.world))

    def waiting(self, state: State) -> tuple[str, ...]:
        """Spells that can be cast where Dorothy stands and were not passed yet."""
        offers = Play(self.world, state).offers()
        return tuple(offer.spell for offer in offers if offer.spell not in state.passed)

    def finished(self, state: State) -> bool:
        """Whether every stage is."""
        return all(finished_mark(stage) in state.fired for stage in self.world.stages)

    def next(self, state: State) -> str | None:
        """The line to be typed; `None` where a spell is to be cast first, or nothing is left."""
        now = self._happened(state)
        self._idle = 0 if now != self._last else self._idle + 1
        self._last = now
        if (
            self.waiting(state)
            or self.finished(state)
            or self._idle > _IDLE + len(self.world.rooms)
        ):
            return None
        for everything in (False, True):  # what nobody waits for may still lead somewhere
            typed = self._here(state, everything) or self._onward(state, everything)
            if typed is not None:
                self._said[state.room, typed] += 1
                self._vain.add((state.room, typed, now))
                return typed
        return None

    def _happened(self, state: State) -> int:
        """Stands for all that has come about; who only walks along has not."""
        return hash((carried_off(state, self.world), *(getattr(state, name) for name in _HAPPENED)))

    # --- in the room

    def _here(self, state: State, everything: bool) -> str | None:
        now = self._happened(state)
        for typed in self._lines(Play(self.world, state), everything):
            often = self._said[state.room, typed]
            if not often or (often < _MOST and (state.room, typed, now) not in self._vain):
                return typed
        return None

    def _lines(self, play: Play, everything: bool) -> Iterator[str]:
        """What could be typed in the room of `play` that something waits for."""
        for rule in self.world.rules:
            if _leads(rule.do) and (typed := line_for(rule, play)):
                yield typed
        for id in play.sight():
            thing = self.world.things.get(id)
            if thing is None:
                continue
            if isinstance(thing, Character):
                yield from self._talk(thing, play, everything)
            elif thing.portable and not play.carried(id) and (everything or self._wanted(id)):
                yield line("take", thing)
            if thing.openable and not play.is_open(id):
                yield line("open", thing)
            looked_for = everything or ("examined", id) in self._waited_for
            if id not in play.state.examined and looked_for:
                yield line("examine", thing)

    def _wanted(self, thing: str) -> bool:
        """Whether something waits for Dorothy to carry it."""
        waited = ("has", thing) in self._waited_for or ("at", thing) in self._waited_for
        return waited or any(thing in (rule.thing, rule.second) for rule in self.world.rules)

    def _talk(self, who: Character, play: Play, everything: bool) -> Iterator[str]:
        for topic in who.topics:
            id = f"{who.id}.{topic.id}"
            waited = ("talked", id) in self._waited_for or _leads(topic.do)
            if id in play.state.talked or not play.holds(topic.when):
                continue
            if topic.words and (everything or waited):
                yield line("ask", who, topic=SPEECH.asks(topic))

    # --- from room to room

    def _onward(self, state: State, everything: bool) -> str | None:
        """The first step to the nearest room where there is something to do, or a spell."""
        play = Play(self.world, state)
        first: dict[str, str] = {state.room: ""}
        queue = deque([state.room])
        while queue:
            room = queue.popleft()
            if room != state.room and self._worth_going(replace(state, room=room), everything):
                return first[room]
            for way in play.ways(room):
                if way.to not in first and play.holds(way.when):
                    first[way.to] = first[room] or SPEECH.sign(way.direction).lower()
                    queue.append(way.to)
        return None

    def _worth_going(self, there: State, everything: bool) -> bool:
        if there.room not in there.visited or self.waiting(there):
            return True
        return self._here(there, everything) is not None


def _leads(effects: Iterable[Effect]) -> bool:
    """Whether something is otherwise after `effects`, besides what was told."""
    return any(effect.name not in _TELLING for effect in effects)


def _terms(world: World) -> Iterator[Term]:
    """Every term that decides what can be done."""
    conditions: list[Condition] = [rule.when for rule in world.rules]
    conditions += [offer.when for offer in world.offers.values()]
    conditions += [way.when for room in world.rooms.values() for way in room.exits]
    conditions += [stage.finished for stage in world.stages.values()]
    for thing in world.things.values():
        if isinstance(thing, Character):
            conditions += [topic.when for topic in thing.topics]
            conditions.append(thing.follows or ())
    return (term for condition in conditions for term in condition)
