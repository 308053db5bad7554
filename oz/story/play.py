"""One step under way: the state so far, the events so far, and what is where.

A `Play` lives for one call of `step`; it is the only thing in the story that changes, and what it
changes is its own copy. Knows how things stand and how to say something, not what any verb does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from oz.story import stock
from oz.story import text as texts
from oz.story.events import Entered, Said, StoryEvent, Voice
from oz.story.lexicon import Lexicon, lexicon
from oz.story.model import (
    NOWHERE,
    PLAYER,
    Character,
    Condition,
    Exit,
    Offer,
    Room,
    Stage,
    Text,
    Thing,
    World,
)
from oz.story.speech import SPEECH, Name
from oz.story.state import State, finished_mark, prune
from oz.story.words import capital, listed, phrase

NO_TEXT = Text("", ())
WAY, ROOM = "way:", "room:"
"""What the ids of ways out and of rooms begin with where a thing could stand."""


def way_id(way: Exit, words: tuple[str, ...]) -> str:
    """The id of a way out that was called `words`."""
    return f"{WAY}{way.direction}:{'_'.join(words)}"


def direction_of(id: str) -> str:
    """The direction in an id that `way_id` made."""
    return id.split(":")[1]


@dataclass(frozen=True, slots=True)
class Turn:
    """What a step gives."""

    state: State
    events: tuple[StoryEvent, ...]
    took_turn: bool
    """Whether time went on in the story; commands about the game and misunderstandings take
    none."""

    def __iter__(self) -> Iterator[StoryEvent]:
        """The events, in order."""
        return iter(self.events)


class Play:
    """The world at `state`, with a pen."""

    def __init__(self, world: World, state: State) -> None:
        self.world = world
        self.words: Lexicon = lexicon(world)
        # A state from before the lessons changed may stand in a room that is gone.
        self.state = state if state.room in world.rooms else prune(state, world, [])
        self.events: list[StoryEvent] = []
        self.took_turn = False
        self.typed = ""
        """The line that is being answered."""
        self._sight: tuple[str, ...] | None = None

    def turn(self) -> Turn:
        """What it came to."""
        return Turn(self.state, tuple(self.events), self.took_turn)

    # --- saying -----------------------------------------------------------------------------------

    def say(self, text: str, voice: Voice = Voice.REPORT, who: str | None = None) -> None:
        """Say `text`, if there is any."""
        if text.strip():
            self.events.append(Said(text, voice, who))

    def refuse(self, text: str) -> bool:
        """Say that it cannot be done. Always false, for handlers to return."""
        self.say(text, Voice.REFUSAL)
        return False

    def wording(self, text: Text | None) -> str:
        """What `text` would say now."""
        return texts.choose(self, text)[0] if text is not None else ""

    def tell(self, text: Text | None, voice: Voice = Voice.PROSE, who: str | None = None) -> bool:
        """Tell `text` and count it; false when it has nothing to say now."""
        if text is None:
            return False
        wording, keys = texts.choose(self, text)
        if not wording:
            return False
        told = dict(self.state.told)
        for key in keys:
            told[key] = told.get(key, 0) + 1
        self.change(told=told)
        self.say(wording, voice, who)
        return True

    def holds(self, condition: Condition) -> bool:
        """Whether `condition` holds now."""
        return texts.holds(self, condition)

    # --- changing ---------------------------------------------------------------------------------

    def change(self, **fields: object) -> None:
        """Replace fields of the state."""
        self.state = replace(self.state, **fields)  # type: ignore[arg-type]
        if not fields.keys().isdisjoint({"room", "places", "opened", "closed"}):
            self._sight = None

    def move(self, thing: str, place: str) -> bool:
        """Put `thing` in `place`; false (and nothing moves) if that would put it inside itself."""
        up = place
        for _ in range(len(self.world.things) + 1):
            if up == thing:
                return False
            if up not in self.world.things:
                break
            up = self.place(up)
        self.change(places={**self.state.places, thing: place})
        return True

    def set_open(self, thing: str, *, open: bool) -> None:
        """Open or close it."""
        self.change(
            opened=self.state.opened | {thing} if open else self.state.opened - {thing},
            closed=self.state.closed - {thing} if open else self.state.closed | {thing},
        )

    def stand_in(self, room: str) -> None:
        """Dorothy, and who goes with her, are in `room` now; nothing is said."""
        self.change(room=room)
        for person, first, follows in self.words.followers:
            place = self.state.places.get(person, first)
            if place != room and place in self.world.rooms and self.holds(follows):
                self.move(person, room)
        self.events.append(Entered(room))

    # --- where things are -------------------------------------------------------------------------

    @property
    def room(self) -> Room:
        return self.world.rooms[self.state.room]

    def place(self, thing: str) -> str:
        """Where it is: a room, a thing, a character, `PLAYER` or `NOWHERE`."""
        placed = self.state.places.get(thing)
        if placed is not None:
            return placed
        known = self.world.things.get(thing)
        return known.place if known else NOWHERE

    def carried(self, thing: str) -> bool:
        """Whether Dorothy carries it, perhaps in something."""
        up = self.place(thing)
        for _ in range(len(self.world.things) + 1):
            if up == PLAYER:
                return True
            if up not in self.world.things:
                return False
            up = self.place(up)
        return False

    def is_open(self, thing: str) -> bool:
        """Whether one can see and reach into it. What cannot be opened or closed is open."""
        known = self.world.things.get(thing)
        if known is None:
            return False
        if thing in self.state.opened:
            return True
        if thing in self.state.closed:
            return False
        # A condition on something that only rules open (a gate) must not hold before they do.
        return known.starts_open or (known.container and not known.openable)

    def sight(self) -> tuple[str, ...]:
        """Ids of everything that can be seen from here, in the order of the world."""
        if self._sight is None:
            self._sight = self._look_around()
        return self._sight

    def _look_around(self) -> tuple[str, ...]:
        room = self.state.room
        inside: dict[str, list[str]] = {}
        roots: list[str] = []
        for thing in self.words.perhaps_seen(room, self.state.places):
            place = self.place(thing.id)
            if place in {room, PLAYER} or (room in thing.also_in and self._seen_afar(thing)):
                roots.append(thing.id)
            elif place in self.world.things:
                inside.setdefault(place, []).append(thing.id)
        seen: dict[str, None] = {}
        while roots:
            thing_id = roots.pop(0)
            if thing_id in seen:
                continue
            seen[thing_id] = None
            if self.shows_inside(thing_id):
                roots.extend(inside.get(thing_id, ()))
        return tuple(seen)

    def _seen_afar(self, thing: Thing) -> bool:
        """Whether it is still seen from the other rooms it was seen from: not when it is gone, was
        carried off, or walked away. What an effect moved to another place stays in view."""
        if thing.id not in self.state.places:
            return True
        fixed = not thing.portable and not isinstance(thing, Character)
        return fixed and self.place(thing.id) not in {NOWHERE, PLAYER}

    def shows_inside(self, thing: str) -> bool:
        """Whether what is in (or on, or carried by) it can be seen."""
        known = self.world.things[thing]
        return not known.openable or self.is_open(thing)

    def in_sight(self, thing: str) -> bool:
        return thing in self.sight()

    def contents(self, place: str) -> list[str]:
        """What is directly in `place`."""
        there = (*self.words.first_in(place), *self.state.places)
        return [id for id in self.words.in_order(there) if self.place(id) == place]

    def people(self) -> list[Character]:
        """Who is in sight."""
        found = (self.world.things[thing] for thing in self.sight())
        return [thing for thing in found if isinstance(thing, Character)]

    def follows(self, person: Character) -> bool:
        """Whether that character goes with Dorothy now."""
        return person.follows is not None and self.holds(person.follows)

    # --- ways and spells --------------------------------------------------------------------------

    def ways(self, room: str | None = None) -> tuple[Exit, ...]:
        """One exit for each direction: the first that is open, else the first."""
        found: dict[str, Exit] = {}
        for exit_ in self.world.rooms[room or self.state.room].exits:
            known = found.get(exit_.direction)
            if known is None or (not self.holds(known.when) and self.holds(exit_.when)):
                found[exit_.direction] = exit_
        return tuple(found.values())

    def shown_ways(self, room: str | None = None) -> tuple[Exit, ...]:
        """The ways that one can see: all but hidden ones that are shut."""
        return tuple(way for way in self.ways(room) if not way.hidden or self.holds(way.when))

    @property
    def free(self) -> bool:
        """Whether the story is over, and the whole road open."""
        return bool(self.world.ending) and finished_mark(self.world.ending) in self.state.fired

    def offers(self) -> list[Offer]:
        """Spells that can be cast here and now, passed ones too."""
        spells = self.words.spells_in.get(self.state.room, ())
        found = (self.world.offers[spell] for spell in spells)
        return [
            offer
            for offer in found
            if self.holds(offer.when)
            or offer.spell in self.state.passed
            or self.behind(offer.spell)
        ]

    def behind(self, spell: str) -> bool:
        """Whether the stage of `spell` was proven: it can be cast wherever Dorothy is."""
        return self.words.stage_of.get(spell) in self.state.proven

    def done(self, stage: Stage) -> bool:
        """Whether that stage is over, walked or proven."""
        return stage.id in self.state.proven or self.holds(stage.finished)

    # --- names ------------------------------------------------------------------------------------

    def thing(self, id: str) -> Thing:
        """The thing; for Dorothy, a way out or a room, something that answers to the same
        fields."""
        known = self.world.things.get(id)
        if known is not None:
            return known
        name = stock.YOURSELF
        nouns: tuple[str, ...] = ("me",)
        if id.startswith(ROOM):
            name = self.world.rooms[id.removeprefix(ROOM)].name
        elif id.startswith(WAY):
            nouns = (id.rsplit(":", maxsplit=1)[-1].replace("_", " "),)
            name = stock.WAY_NAME.format(name=nouns[0])
        return Thing(id, "", name, nouns, (), self.state.room, NO_TEXT)

    def way(self, id: str) -> Exit | None:
        """The way out that an id like ``way:east:iron_gate`` stands for."""
        if not id.startswith(WAY):
            return None
        return next((way for way in self.ways() if way.direction == direction_of(id)), None)

    def name(self, id: str) -> Name:
        """What it is called, in each case of the language that is spoken."""
        return SPEECH.name(self.thing(id))

    def the(self, id: str) -> str:
        return self.thing(id).name if id == PLAYER else self.name(id).the

    def whom(self, id: str) -> str:
        """`the`, as the object of a sentence."""
        return self.thing(id).name if id == PLAYER else self.name(id).whom

    def The(self, id: str) -> str:  # noqa: N802 - the capital is the meaning
        return capital(self.the(id))

    def a(self, id: str) -> str:
        return self.name(id).one

    def word(self, form: str, id: str, second: str | None = None, **more: str) -> str:
        """A stock sentence about `id` (and `second`), its words made to agree with them."""
        names = {**self.name(id).agreeing, **self._cases(id, "the", "who"), **more}
        if second is not None:
            names |= {f"{key}2": word for key, word in self.name(second).agreeing.items()}
            names |= self._cases(second, "second")
        return SPEECH.joined(form.format(**names))

    def _cases(self, id: str, *holes: str) -> dict[str, str]:
        """The name by the places where a sentence may want it: ``the``, ``The``, and with the case
        where it is another than the nominative: ``the_acc``, ``the_dat``."""
        to = self.the(id) if id == PLAYER else self.name(id).to
        found: dict[str, str] = {}
        for ending, said in (("", self.the(id)), ("_acc", self.whom(id)), ("_dat", to)):
            for hole in holes:
                found[f"{hole}{ending}"] = said
                found[f"{hole.capitalize()}{ending}"] = capital(said)
        return found

    def list_a(self, ids: Iterable[str]) -> str:
        """'an egg and a book', as what one sees or has."""
        return listed([self.name(id).one_whom for id in ids])

    def list_the(self, ids: Iterable[str], last: str = "and") -> str:
        """'the egg and the book'; with 'or' as what somebody is asked to choose from."""
        said = self.whom if last == "or" else self.the
        return listed([said(id) for id in ids], last)

    def way_named(self, words: tuple[str, ...]) -> Exit | None:
        """The way out of this room that `words` name."""
        return next(
            (way for way in self.ways() if words in {phrase(noun) for noun in way.nouns}), None
        )

    # --- questions --------------------------------------------------------------------------------

    def ask(self, question: str, pending: Mapping[str, object]) -> None:
        """Ask the player, and remember what the answer is for."""
        self.say(question, Voice.QUESTION)
        self.change(pending=dict(pending))
