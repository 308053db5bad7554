"""The world of the story as plain frozen data: rooms, exits, things, characters, rules.

Made by `oz.campaign` from ``lessons/``. Nothing here changes during play (that is
`oz.story.state`), reads a file, or knows a screen or torch. Ids are ``stage/name``, for example
``kansas/kitchen``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

PLAYER = "player"
"""The place of what Dorothy carries."""
NOWHERE = "nowhere"
"""The place of what is not in the world (yet, or any more)."""

DIRECTIONS = (
    "north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest",
    "up", "down", "in", "out",
)  # fmt: skip

Test = Literal[
    "flag",  # a flag was set:                     flag:storm
    "has",  # Dorothy carries the thing:           has:oil-can
    "in",  # Dorothy is in the room:               in:kitchen
    "here",  # the thing or character is in sight: here:toto
    "at",  # the thing is in the place:            at:basket=kitchen
    "passed",  # the spell was passed:             passed:first-stones
    "visited",  # the room was entered:            visited:cellar
    "talked",  # the topic was spoken of:          talked:aunt-em.cyclone
    "examined",  # the thing was examined:         examined:ledger
    "open",  # the thing is open:                  open:cupboard
]


@dataclass(frozen=True, slots=True)
class Term:
    """One test of the state, perhaps negated."""

    test: Test
    name: str
    """Qualified id; for ``at`` the thing, for ``talked`` ``character.topic``."""
    place: str | None = None
    """Only for ``at``."""
    negated: bool = False


Condition = tuple[Term, ...]
"""Holds when every term holds; the empty condition always does."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One wording of a text, for when its condition holds."""

    when: Condition
    adds: bool
    """False: the first variant whose condition holds is the base text. True: when it holds, it is
    added as further paragraphs after the base."""
    tellings: tuple[str, ...]
    """Markdown. What is told the first time, the second, …; the last is repeated."""


@dataclass(frozen=True, slots=True)
class Text:
    """Prose under one key of ``story.md``."""

    key: str
    """Unique in the campaign; what `State.told` counts."""
    variants: tuple[Variant, ...]


EffectName = Literal[
    "set",  # set FLAG
    "clear",  # clear FLAG
    "move",  # move THING to PLACE (room, thing, character, player, nowhere)
    "go",  # go ROOM: Dorothy is taken there (and the room is described)
    "say",  # say KEY: tell the text ``say KEY``
    "score",  # score POINTS KEY: once per key; the reason is the text ``score KEY``
    "journal",  # journal KEY: note the text ``journal KEY``, once
    "open",  # open THING (also a door)
    "close",  # close THING
    "conjure",  # conjure THING: what its snippet prints is shown, as when it is examined
    "offer",  # offer SPELL: open the spell's desk now
    "finish",  # finish: the stage is over (announces it, keeps playing)
]


@dataclass(frozen=True, slots=True)
class Effect:
    """One consequence. Which fields are used follows from `name` (see `EffectName`)."""

    name: EffectName
    target: str = ""
    place: str = ""
    points: int = 0
    text: Text | None = None


@dataclass(frozen=True, slots=True)
class Exit:
    """A way out of a room."""

    direction: str
    to: str
    when: Condition = ()
    """The way is open when this holds."""
    blocked: Text | None = None
    """What is said when it is not open. Required by the loader when `when` is not empty."""
    nouns: tuple[str, ...] = ()
    """Other words for the way: ``road``, ``cellar door``: 'enter cellar', 'go through gate'."""
    hidden: bool = False
    """Not listed among the exits while it is closed."""


@dataclass(frozen=True, slots=True)
class Room:
    """A place."""

    id: str
    stage: str
    name: str
    description: Text
    exits: tuple[Exit, ...]
    map: tuple[int, int]
    """Column and row on the stage's map."""
    listen: Text | None = None
    smell: Text | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing that can be named: scenery, or something to carry, or a container."""

    id: str
    stage: str
    name: str
    """With its article if it is not 'a' or 'the': ``the ledger``, ``some hay``, ``Toto``."""
    nouns: tuple[str, ...]
    """Lower-case words that name it; several words are allowed (``oil can``)."""
    adjectives: tuple[str, ...]
    place: str
    """Where it is at the start: a room, a thing, a character, `PLAYER` or `NOWHERE`."""
    description: Text
    also_in: tuple[str, ...] = ()
    """Scenery seen from several rooms (the sky): further rooms."""
    portable: bool = False
    plural: bool = False
    container: bool = False
    openable: bool = False
    starts_open: bool = False
    lists: Text | None = None
    """The sentence by which a room tells that it lies here, while it was never taken (else the
    room says 'There is … here.' for portable things, nothing for scenery)."""
    read: Text | None = None
    conjure: str | None = None
    """Python source. Examining the thing asks for it to be run; the player reads its output."""
    points: int = 0
    """Scored when it is first taken (something worth finding)."""
    cases: Mapping[str, str] = field(default_factory=dict)
    """Forms of the name that the grammar of its language would guess wrong: ``accusative``,
    ``dative``, ``one`` (with the indefinite article), ``gender``."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Something to ask a character about."""

    id: str
    words: tuple[str, ...]
    """What the player may call it."""
    reply: Text
    when: Condition = ()
    do: tuple[Effect, ...] = ()
    """Consequences, the first time only."""
    listed: str = ""
    """How it is offered ('You could ask about …'); empty: not offered."""


@dataclass(frozen=True, slots=True)
class Character(Thing):
    """Somebody."""

    pronoun: Literal["him", "her", "it", "them"] = "it"
    greeting: Text | None = None
    """What 'talk to' gives."""
    topics: tuple[Topic, ...] = ()
    default: Text | None = None
    """Answer to a topic the character knows nothing of."""
    follows: Condition | None = None
    """The character goes where Dorothy goes while this holds. `None`: never."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a command, an entry or the passing of time brings about.

    `on` is a verb (canonical name, as in `oz.story.verbs`), or ``arrive`` (Dorothy has just come
    into a room), or ``turn`` (at the end of every turn), or ``pass`` (a spell was just passed).
    """

    id: str
    on: str
    thing: str | None = None
    """The direct object that must be meant; for ``pass`` the spell."""
    second: str | None = None
    """The indirect object."""
    when: Condition = ()
    say: Text | None = None
    do: tuple[Effect, ...] = ()
    instead: bool = True
    """True: in place of the verb's own action. False: after it has succeeded."""
    once: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """Where and when a spell can be cast."""

    spell: str
    title: str
    rooms: tuple[str, ...]
    when: Condition = ()
    cue: Text | None = None
    """The sentence by which the room suggests it, while it is open and not passed."""
    victory: Text | None = None
    """Story told when it passes."""
    points: int = 5
    nouns: tuple[str, ...] = ()
    """Words for 'cast …' besides the title and the id."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What to do next, in words; shown while `when` holds and `done` does not."""

    text: str
    when: Condition = ()
    done: Condition = ()


@dataclass(frozen=True, slots=True)
class Placement:
    """How somebody who knows a stage's subject already can show it, and walk on."""

    spell: str
    """Whose passing proves the stage: its trial."""
    proof: Text
    """What would have to be shown, said before it is agreed to."""
    told: Text
    """What the story tells of the stage, instead of playing it."""
    do: tuple[Effect, ...] = ()
    """What stands afterwards beside the quiet effects of the spells that were left out: only
    ``set``, ``clear``, ``move``, ``open`` and ``close``."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the road, as the story sees it."""

    id: str
    title: str
    topic: str
    start: str
    """The room in which it begins."""
    arrival: Text | None
    """Told once, when Dorothy first sets foot in one of its rooms."""
    finished: Condition
    """Holds when the stage is passed."""
    rooms: tuple[str, ...]
    spells: tuple[str, ...]
    goals: tuple[Goal, ...] = ()
    placement: Placement | None = None


@dataclass(frozen=True, slots=True)
class World:
    """Everything there is. Mappings keep the order of the files."""

    title: str
    stages: Mapping[str, Stage]
    rooms: Mapping[str, Room]
    things: Mapping[str, Thing]
    """Characters too."""
    rules: Sequence[Rule]
    offers: Mapping[str, Offer]
    start: str
    """The room in which the journey begins."""
    opening: Text | None = None
    """Told before the first room is described."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Ids that journeys may know from older lessons, and what they are called now."""
    ending: str = ""
    """The stage with which the story is over, after which every spell can be cast anywhere."""
    about: str = ""
    credits: str = ""
    max_score: int = 0
    texts: Mapping[str, Text] = field(default_factory=dict)
    """Every text by key, for texts that are named from effects and for checks."""
