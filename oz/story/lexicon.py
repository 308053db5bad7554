"""What a world is called: indices over its words, rules and texts, built once for each world.

Two parts: the `Index` says of all stages where things stand and what rules are about, and is
small; the `Names` of a stage say what is called how there, and are made, or read, when somebody
first asks.
Knows no state; what is in sight is for `oz.story.play`.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from oz.story import verbs
from oz.story.model import PLAYER, Character, Condition, Effect, Rule, Text, Thing, World
from oz.story.speech import SPEECH
from oz.story.staged import Staged, stage_of
from oz.story.words import ARTICLES, phrase

NOUN, ADJECTIVE = 2, 1
"""How well a phrase names a thing; 0 is not at all."""

_ALSO = frozenset({"one", "ones", "thing", "things", "of", "with"})
_OF_THE_GAME = frozenset(
    {"it", "him", "her", "them", "all", "everything", "except", "but", "and", "me", "myself"}
)
_ABOUT_HER = frozenset({"flag", "in", "passed", "visited", "talked", "examined"})
_Phrases = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Names:
    """What is called how in one stage. Names are tuples of words."""

    nouns: Mapping[str, _Phrases]
    """Of each thing."""
    modifiers: Mapping[str, frozenset[str]]
    """Words that may stand before its noun."""
    by_word: Mapping[str, tuple[str, ...]]
    """Things by a word with which their names may end."""
    offers: Mapping[str, _Phrases]
    """What each spell may be called."""
    texts: Mapping[str, Text]
    """Texts that only effects know."""
    words: frozenset[str]
    """All that the player may say of this stage."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a rule is about, without what it says: a rule of which this does not hold cannot
    fire."""

    stage: str
    number: int
    """Its place among the rules of its stage."""
    thing: str | None
    second: str | None
    needs: Condition
    """What of its condition is about what Dorothy did, and where she is: for this nothing of a
    stage far away has to be known."""


@dataclass(frozen=True, slots=True)
class Index:
    """Where everything stands, in all stages."""

    first: Mapping[str, tuple[str, ...]]
    """What stands in each room, thing or hand, or is seen from the room, before anything moves."""
    followers: tuple[tuple[str, str, Condition], ...]
    """Characters that may go with Dorothy, where they are at first, and when they do."""
    rules: Mapping[str, tuple[Head, ...]]
    """By verb or happening, in the order of the files."""
    spells_in: Mapping[str, tuple[str, ...]]
    """Spells offered in each room."""
    stage_of: Mapping[str, str]
    """Stage of each spell."""


class Lexicon:
    """The words of `world`. `index`, and the `names` and `rules` of a stage, are made from it where
    they are not at hand."""

    def __init__(
        self,
        world: World,
        index: Index | None = None,
        names: Callable[[str], Names] | None = None,
        rules: Callable[[str], Sequence[Rule]] | None = None,
    ) -> None:
        self.world = world
        self._index = index or index_of(world)
        self._rules = rules or rules_by_stage(world).__getitem__
        self._of_stage = names or (lambda stage: names_of(world, stage))
        self._known: dict[str, Names] = {}
        things = {id: stage_of(id) for id in world.things}
        self._order = {id: number for number, id in enumerate(things)}
        self._stages = tuple(
            dict.fromkeys((*things.values(), *map(stage_of, (*world.rooms, *world.offers))))
        )
        self.nouns: Mapping[str, _Phrases] = Staged(things, lambda s: self.names(s).nouns)
        """The names of each thing."""
        self.modifiers: Mapping[str, frozenset[str]] = Staged(
            things, lambda s: self.names(s).modifiers
        )
        """Words that may stand before its noun."""
        self.offer_names: Mapping[str, _Phrases] = Staged(
            {spell: stage_of(spell) for spell in world.offers}, lambda s: self.names(s).offers
        )
        self.spells_in = self._index.spells_in
        self.stage_of = self._index.stage_of
        self.followers = self._index.followers

    def names(self, stage: str) -> Names:
        """The names of `stage`."""
        found = self._known.get(stage)
        if found is None:
            found = self._known[stage] = self._of_stage(stage)
        return found

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word that the player may say anywhere."""
        game = {*verbs.grammar_words(), *ARTICLES, *_OF_THE_GAME}
        return frozenset(game.union(*(self.names(stage).words for stage in self._stages)))

    def text(self, key: str) -> Text | None:
        """The text called `key`, which is its own or an effect's."""
        found = self.world.texts.get(key)
        if found is None and stage_of(key) in self._stages:
            found = self.names(stage_of(key)).texts.get(key)
        return found

    def in_order(self, things: Iterable[str]) -> list[str]:
        """Those of `things` that there are, each once, in the order of the world."""
        return sorted({id for id in things if id in self._order}, key=self._order.__getitem__)

    def first_in(self, place: str) -> tuple[str, ...]:
        """What is in `place`, or is seen from it, before anything is moved."""
        return self._index.first.get(place, ())

    def perhaps_seen(self, room: str, moved: Iterable[str]) -> list[Thing]:
        """All that may be seen from `room` when `moved` are the things that were moved, in the
        order of the world."""
        may_be: set[str] = set()
        new = {*self.first_in(room), *self.first_in(PLAYER), *moved}
        while new:
            may_be |= new
            new = {id for holder in new for id in self.first_in(holder)} - may_be
        return [self.world.things[id] for id in self.in_order(may_be)]

    def characters(self) -> tuple[Character, ...]:
        """Everybody."""
        return tuple(t for t in self.world.things.values() if isinstance(t, Character))

    def named(self, words: tuple[str, ...]) -> list[str]:
        """Things, anywhere, that `words` might name (to be tried with `match`)."""
        if not words:
            return []
        return [id for stage in self._stages for id in self.names(stage).by_word.get(words[-1], ())]

    def match(self, words: tuple[str, ...], thing: str) -> int:
        """How well `words` (no article in front) name `thing`: `NOUN`, `ADJECTIVE` or 0."""
        modifiers = self.modifiers.get(thing, frozenset())
        names = self.nouns.get(thing, frozenset())
        if words in names:
            return NOUN
        for cut in range(1, len(words)):
            if words[cut:] in names and all(w in modifiers or w in ARTICLES for w in words[:cut]):
                return NOUN
        kept = tuple(word for word in words if word not in _ALSO)
        if kept and all(word in modifiers for word in kept):
            return ADJECTIVE
        return 0

    def heads(self, on: str) -> tuple[Head, ...]:
        """What the rules about the verb or happening `on` are about."""
        return self._index.rules.get(on, ())

    def rule(self, head: Head) -> Rule:
        """The rule itself."""
        return self._rules(head.stage)[head.number]

    def rules_on(
        self, on: str, *, stage: str | None = None, thing: str | None = None
    ) -> Iterator[Rule]:
        """The rules about `on`: all, or those of `stage`, or those that name `thing`."""
        for head in self.heads(on):
            if stage in (None, head.stage) and thing in (None, head.thing):
                yield self.rule(head)


# --- made from a world
# ------------------------------------------------------------------------------


def index_of(world: World) -> Index:
    """The index of everything in `world`."""
    first: dict[str, dict[str, None]] = {}
    for thing in world.things.values():
        for place in (thing.place, *thing.also_in):
            first.setdefault(place, {})[thing.id] = None
    rules: dict[str, list[Head]] = {}
    for stage, made in rules_by_stage(world).items():
        for number, rule in enumerate(made):
            rules.setdefault(rule.on, []).append(_head(rule, stage, number))
    rooms: dict[str, list[str]] = {}
    for offer in world.offers.values():
        for room in offer.rooms:
            rooms.setdefault(room, []).append(offer.spell)
    return Index(
        first={place: tuple(things) for place, things in first.items()},
        followers=tuple(
            (who.id, who.place, who.follows)
            for who in world.things.values()
            if isinstance(who, Character) and who.follows is not None
        ),
        rules={on: tuple(heads) for on, heads in rules.items()},
        spells_in={room: tuple(spells) for room, spells in rooms.items()},
        stage_of={spell: stage.id for stage in world.stages.values() for spell in stage.spells},
    )


def rules_by_stage(world: World) -> dict[str, list[Rule]]:
    """The rules of `world` by the stage in their ids, in its order."""
    found: dict[str, list[Rule]] = {}
    for rule in world.rules:
        found.setdefault(stage_of(rule.id), []).append(rule)
    return found


def _head(rule: Rule, stage: str, number: int) -> Head:
    needs = tuple(term for term in rule.when if term.test in _ABOUT_HER)
    return Head(stage, number, rule.thing, rule.second, needs)


def names_of(world: World, stage: str) -> Names:
    """The names of what `world` has in `stage`."""
    things = [thing for id, thing in world.things.items() if stage_of(id) == stage]
    nouns: dict[str, _Phrases] = {}
    modifiers: dict[str, frozenset[str]] = {}
    by_word: dict[str, list[str]] = {}
    for thing in things:
        names = frozenset(phrase(noun) for noun in thing.nouns) - {()}
        names |= {(*name[:-1], form) for name in names for form in SPEECH.noun_forms(name[-1])}
        said = set(chain(*map(phrase, thing.adjectives), phrase(thing.name)))
        loose = said.union(*names, *map(SPEECH.adjective_forms, said))
        nouns[thing.id] = names
        modifiers[thing.id] = frozenset(loose - ARTICLES)
        for word in {name[-1] for name in names} | modifiers[thing.id]:
            by_word.setdefault(word, []).append(thing.id)
    offers = {
        offer.spell: frozenset(
            map(phrase, (offer.title, offer.spell, offer.spell.split("/")[-1], *offer.nouns))
        )
        - {()}
        for id, offer in world.offers.items()
        if stage_of(id) == stage
    }
    people = [thing for thing in things if isinstance(thing, Character)]
    done = chain(
        *(rule.do for rule in rules_by_stage(world).get(stage, ())),
        *(topic.do for person in people for topic in person.topics),
    )
    return Names(
        nouns=nouns,
        modifiers=modifiers,
        by_word={word: tuple(ids) for word, ids in by_word.items()},
        offers=offers,
        texts=_texts(world, done),
        words=frozenset(
            chain(by_word, _said(world, stage, people), *chain(*nouns.values(), *offers.values()))
        ),
    )


def _texts(world: World, effects: Iterable[Effect]) -> dict[str, Text]:
    texts = (effect.text for effect in effects if effect.text is not None)
    return {text.key: text for text in texts if text.key not in world.texts}


def _said(world: World, stage: str, people: Iterable[Character]) -> Iterator[str]:
    """The words of rooms, ways and topics."""
    for id, room in world.rooms.items():
        if stage_of(id) == stage:
            yield from phrase(room.name)
            for way in room.exits:
                yield from chain(*map(phrase, way.nouns))
    for person in people:
        for topic in person.topics:
            yield from chain(*map(phrase, topic.words))


_KEPT: OrderedDict[int, Lexicon] = OrderedDict()
_KEEP = 4


def lexicon(world: World) -> Lexicon:
    """The lexicon of `world`, built at the first call."""
    # A world holds dictionaries, so it has no hash; the lexicon keeps it alive, so its id stays
    # its own.
    found = _KEPT.get(id(world))
    if found is None:
        found = keep(Lexicon(world))
    return found


def keep(made: Lexicon) -> Lexicon:
    """Let `lexicon` give `made` for its world from now on."""
    _KEPT[id(made.world)] = made
    while len(_KEPT) > _KEEP:
        _KEPT.popitem(last=False)
    return made
