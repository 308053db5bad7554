# ruff: noqa: E501 - a world reads best as a table
"""A small world with one of everything the engine has: three stones, a shut cupboard, a dog that follows,
people with topics, rules of each kind, two spells in one room, gates, doors, hidden ways."""

from __future__ import annotations

from dataclasses import dataclass, field

import oz.story
from oz.story import Turn
from oz.story.events import Said, Voice
from oz.story.model import (
    NOWHERE,
    PLAYER,
    Character,
    Effect,
    Exit,
    Goal,
    Offer,
    Room,
    Rule,
    Stage,
    Term,
    Text,
    Thing,
    Topic,
    Variant,
    World,
)
from oz.story.state import State

_texts: dict[str, Text] = {}


def text(key: str, *tellings: str, plus: tuple = (), instead: tuple = ()) -> Text:
    """A text: `instead` and `plus` are pairs (condition, wording)."""
    variants = [Variant((when,), False, (told,)) for when, told in instead]
    variants.append(Variant((), False, tellings))
    variants += [Variant((when,), True, (told,)) for when, told in plus]
    made = _texts[key] = Text(key, tuple(variants))
    return made


def term(test: str, name: str, place: str | None = None, negated: bool = False) -> Term:
    return Term(test, name, place, negated)


def thing(
    name: str, nouns: str, place: str, prose: str = "", adjectives: str = "", **more
) -> Thing:
    id = more.pop("id", name.rsplit(maxsplit=1)[-1].lower())
    return Thing(
        id=f"k/{id}",
        stage="k",
        name=name,
        nouns=tuple(nouns.split(",")),
        adjectives=tuple(adjectives.split()),
        place=place,
        description=text(f"thing {id}", prose) if prose else Text(f"thing {id}", ()),
        **more,
    )


def make_world() -> World:
    _texts.clear()
    rooms = [
        Room(
            "k/kitchen", "k", "The kitchen",
            text("room kitchen", "A stove, a table, a cupboard.", "The kitchen again.",
                 plus=((term("flag", "k/evening"), "It is getting dark."),)),
            (
                Exit("out", "k/yard", nouns=("yard", "door")),
                Exit("down", "k/cellar", (term("open", "k/trapdoor"),),
                     text("exit kitchen down", "The trapdoor is shut."), ("trapdoor", "cellar")),
                Exit("up", "k/loft", (term("passed", "k/pump"),), text("exit kitchen up", "No ladder yet."),
                     hidden=True),
            ),
            (0, 0), listen=text("listen kitchen", "The clock."), smell=text("smell kitchen", "Soup."),
        ),
        Room("k/yard", "k", "The yard", text("room yard", "Dust and a pump."), (
            Exit("in", "k/kitchen", nouns=("house", "kitchen")),
            Exit("east", "k/road", (term("passed", "k/scales"),), text("exit yard east", "The gate is shut."),
                 ("gate", "road")),
            Exit("west", "k/barn"),
        ), (0, 1)),
        Room("k/barn", "k", "The barn", text("room barn", "Hay."), (Exit("east", "k/yard"),), (-1, 1)),
        Room("k/cellar", "k", "The cellar", text("room cellar", "Cool and dark."),
             (Exit("up", "k/kitchen"),), (0, 2)),
        Room("k/loft", "k", "The loft", text("room loft", "Straw."), (Exit("down", "k/kitchen"),), (1, 0)),
        Room("m/road", "m", "A yellow road", text("room road", "Bricks."), (Exit("west", "k/yard"),), (0, 0)),
    ]  # fmt: skip
    rooms[1] = Room(
        **{
            **{f: getattr(rooms[1], f) for f in rooms[1].__slots__},
            "exits": tuple(
                Exit(e.direction, "m/road", e.when, e.blocked, e.nouns) if e.to == "k/road" else e
                for e in rooms[1].exits
            ),
        }
    )
    say = {
        key: text(f"say {key}", told)
        for key, told in {
            "egg-to-em": "Em takes the egg. \"Thank you.\"", "arrive-barn": "A hen looks up.",
            "hot": "It is hot.", "creak": "The cupboard creaks.", "dusk": "The light goes.",
            "passed": "Something clicks.",
        }.items()
    }  # fmt: skip
    journal = text("journal eggs", "Eggs make aunts happy.")
    things = [
        thing("table", "table", "k/kitchen", "Scrubbed."),
        thing("the stove", "stove", "k/kitchen", "Black iron."),
        thing("cupboard", "cupboard,press", "k/kitchen", "Painted blue.", "blue", container=True,
              openable=True),
        thing("the ledger", "ledger,book", "k/cupboard", "Rows of eggs.", portable=True,
              read=text("read ledger", "Monday: 3."), conjure="print(1)"),
        thing("trapdoor", "trapdoor,trap door", "k/kitchen", "A door in the floor.", openable=True),
        thing("an oil-can", "oil-can,can,oil can", "k/table", "It drips.", "oil", portable=True, id="oil-can",
              points=2, lists=text("lists oil-can", "An oil-can has been left on the table.")),
        thing("grey stone", "stone", "k/yard", "Grey.", "grey smooth", id="grey", portable=True),
        thing("white stone", "stone", "k/yard", "White.", "white smooth", id="white", portable=True),
        thing("blue stone", "stone", "k/yard", "Blue.", "blue", id="blue", portable=True),
        thing("egg", "egg", "k/barn", "Brown.", "brown", portable=True),
        thing("basket", "basket", "k/barn", "Wicker.", portable=True, container=True),
        thing("some hay", "hay", "k/barn", "Dry.", plural=False),
        thing("boots", "boots,shoes", "k/barn", "Too big.", plural=True, portable=True),
        thing("the sky", "sky,clouds", "k/yard", "Wide.", also_in=("k/barn", "m/road")),
        thing("the pump", "pump,handle", "k/yard", "Iron."),
        thing("handkerchief", "handkerchief,hanky", PLAYER, "Em's initials.", portable=True),
        thing("apron", "apron", "k/em", "Grey."),
        thing("ghost", "ghost", NOWHERE, "Thin.", portable=True),
        Character(
            **_person("Aunt Em", "aunt em,em,aunt", "k/kitchen", "Thin and grey."), pronoun="her",
            greeting=text("talk em", "“Mind the step,” says Em."),
            topics=(
                Topic("cyclone", ("cyclone", "storm", "wind"), text("topic em cyclone", "“It is coming.”"),
                      do=(Effect("set", "k/warned"),), listed="the cyclone"),
                Topic("egg", ("egg", "eggs"), text("topic em egg", "“From the barn.”"), listed="eggs"),
                Topic("secret", ("secret",), text("topic em secret", "“Hush.”"), (term("flag", "k/fed"),),
                      listed="the secret"),
            ),
            default=text("default em", "“I have no time for that.”"),
        ),
        Character(**_person("Toto", "toto,dog", "k/kitchen", "Small, black, right."), follows=()),
        Character(**_person("Uncle Henry", "uncle henry,henry,uncle", "k/barn", "He never laughs."),
                  pronoun="him"),
        Character(**_person("Hank", "hank,mule", "k/barn", "A mule."), pronoun="him"),
    ]  # fmt: skip
    rules = (
        Rule("r1", "give", "k/egg", "k/em", say=say["egg-to-em"], once=True, do=(
            Effect("move", "k/egg", NOWHERE), Effect("set", "k/fed"),
            Effect("score", "fed", points=3, text=text("score fed", "for feeding Em")),
            Effect("journal", "eggs", text=journal))),
        Rule("r2", "arrive", when=(term("in", "k/barn"),), say=say["arrive-barn"], once=True),
        Rule("r3", "touch", "k/stove", say=say["hot"]),
        Rule("r3a", "touch", "k/ledger", do=(
            Effect("conjure", "k/ledger"), Effect("conjure", "k/stove"))),
        Rule("r4", "open", "k/cupboard", say=say["creak"], instead=False),
        Rule("r5", "turn", when=(term("in", "k/loft"), term("flag", "k/evening", negated=True)),
             say=say["dusk"], do=(Effect("set", "k/evening"),)),
        Rule("r6", "pass", "k/pump", say=say["passed"]),
    )  # fmt: skip
    offers = [
        Offer("k/scales", "The scales", ("k/yard",), cue=text("cue scales", "The scales wait."),
              victory=text("victory scales", "They balance."), nouns=("scales", "weights")),
        Offer("k/pump", "The pump", ("k/yard",), victory=text("victory pump", "Water.")),
        Offer("k/hens", "The hens", ("k/barn",), (term("passed", "k/pump"),)),
    ]  # fmt: skip
    stages = [
        Stage("k", "Kansas", "set-up", "k/kitchen", text("arrival k", "Grey as far as one sees."),
              (term("passed", "k/scales"), term("passed", "k/pump")),
              tuple(r.id for r in rooms if r.stage == "k"), tuple(o.spell for o in offers),
              (Goal("Feed Em.", done=(term("flag", "k/fed"),)),
               Goal("Mend the pump.", (term("flag", "k/fed"),), (term("passed", "k/pump"),)))),
        Stage("m", "Munchkin country", "tensors", "m/road", text("arrival m", "Colours."), (), ("m/road",), ()),
    ]  # fmt: skip
    return World(
        title="Oz",
        stages={s.id: s for s in stages},
        rooms={r.id: r for r in rooms},
        things={t.id: t for t in things},
        rules=rules,
        offers={o.spell: o for o in offers},
        start="k/kitchen",
        opening=text("say opening", "Dorothy lived in Kansas."),
        about="About Oz.",
        credits="By hand.",
        max_score=20,
        texts=dict(_texts),
    )


def _person(name: str, nouns: str, place: str, prose: str) -> dict:
    id = name.rsplit(maxsplit=1)[-1].lower()
    return {
        "id": f"k/{id}",
        "stage": "k",
        "name": name,
        "nouns": tuple(nouns.split(",")),
        "adjectives": (),
        "place": place,
        "description": text(f"thing {id}", prose),
    }


@dataclass
class Player:
    """Types lines and keeps what came."""

    world: World
    state: State = field(default_factory=lambda: State(""))
    turn: Turn | None = None

    def __post_init__(self) -> None:
        if not self.state.room:
            self.take(oz.story.begin(self.world))

    def take(self, turn: Turn) -> str:
        self.turn = turn
        self.state = turn.state
        return self.said

    def __call__(self, line: str) -> str:
        """Type `line`; everything that was said, one event a line."""
        return self.take(oz.story.step(self.world, self.state, line))

    def lines(self, *lines: str) -> str:
        """Type several; what the last said."""
        return [self(line) for line in lines][-1]

    @property
    def said(self) -> str:
        assert self.turn is not None
        return "\n".join(e.text for e in self.turn.events if isinstance(e, Said))

    @property
    def voices(self) -> list[Voice]:
        assert self.turn is not None
        return [e.voice for e in self.turn.events if isinstance(e, Said)]

    def events(self, kind: type) -> list:
        assert self.turn is not None
        return [e for e in self.turn.events if isinstance(e, kind)]
