"""What a world is called: indices over its words, rules and texts, built once for each world.

Knows no state; what is in sight is for `oz.story.play`.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from itertools import chain

from oz.story import verbs
from oz.story.model import Character, Rule, Text, Thing, World
from oz.story.speech import SPEECH
from oz.story.words import ARTICLES, phrase

NOUN, ADJECTIVE = 2, 1
"""How well a phrase names a thing; 0 is not at all."""

_ALSO = frozenset({"one", "ones", "thing", "things", "of", "with"})


class Lexicon:
    """The words of `world`."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.nouns: dict[str, frozenset[tuple[str, ...]]] = {}
        """The names of each thing, as tuples of words."""
        self.modifiers: dict[str, frozenset[str]] = {}
        """Words that may stand before its noun."""
        self.rules: dict[str, tuple[Rule, ...]] = {}
        """By what they are about; in the order of the files."""
        self.texts: dict[str, Text] = dict(world.texts)
        self.offer_names: dict[str, frozenset[tuple[str, ...]]] = {}
        self.spells_in: dict[str, tuple[str, ...]] = {}
        """Spells offered in each room."""
        self.stage_of: dict[str, str] = {}
        """Stage of each spell."""
        self._by_word: dict[str, list[str]] = {}
        self._order = {id: number for number, id in enumerate(world.things)}
        self._at_first: dict[str, set[str]] = {}
        """What stands in each room or is seen from it, before anything is moved."""
        self._elsewhere: set[str] = set()
        """What is in things, or carried, before anything is moved."""
        self._index_places()
        self._index_things()
        self._index_rules()
        self._index_offers()
        self.words = self._all_words()

    def _index_things(self) -> None:
        for thing in self.world.things.values():
            names = frozenset(phrase(noun) for noun in thing.nouns) - {()}
            names |= {(*name[:-1], form) for name in names for form in SPEECH.noun_forms(name[-1])}
            self.nouns[thing.id] = names
            said = set(chain(*map(phrase, thing.adjectives), phrase(thing.name)))
            loose = said.union(*names, *map(SPEECH.adjective_forms, said))
            self.modifiers[thing.id] = frozenset(loose - ARTICLES)
            for word in {name[-1] for name in names} | self.modifiers[thing.id]:
                self._by_word.setdefault(word, []).append(thing.id)

    def _index_places(self) -> None:
        for thing in self.world.things.values():
            for room in {thing.place, *thing.also_in} & self.world.rooms.keys():
                self._at_first.setdefault(room, set()).add(thing.id)
            if thing.place not in self.world.rooms:
                self._elsewhere.add(thing.id)

    def perhaps_seen(self, room: str, moved: Iterable[str]) -> list[Thing]:
        """All that may be seen from `room` when `moved` are the things that were moved, in the
        order of the world."""
        may_be = self._at_first.get(room, set()) | self._elsewhere
        may_be.update(id for id in moved if id in self._order)
        return [self.world.things[id] for id in sorted(may_be, key=self._order.__getitem__)]

    def _index_rules(self) -> None:
        found: dict[str, list[Rule]] = {}
        for rule in self.world.rules:
            found.setdefault(rule.on, []).append(rule)
        self.rules = {on: tuple(rules) for on, rules in found.items()}
        for effect in chain(
            *(rule.do for rule in self.world.rules),
            *(topic.do for person in self.characters() for topic in person.topics),
        ):
            if effect.text is not None:
                self.texts.setdefault(effect.text.key, effect.text)

    def _index_offers(self) -> None:
        rooms: dict[str, list[str]] = {}
        for offer in self.world.offers.values():
            names = {phrase(offer.title), phrase(offer.spell), phrase(offer.spell.split("/")[-1])}
            names |= {phrase(noun) for noun in offer.nouns}
            self.offer_names[offer.spell] = frozenset(names) - {()}
            for room in offer.rooms:
                rooms.setdefault(room, []).append(offer.spell)
        self.spells_in = {room: tuple(spells) for room, spells in rooms.items()}
        for stage in self.world.stages.values():
            for spell in stage.spells:
                self.stage_of[spell] = stage.id

    def _all_words(self) -> frozenset[str]:
        words: set[str] = set(verbs.grammar_words()) | set(ARTICLES) | set(self._by_word)
        words |= {
            "it",
            "him",
            "her",
            "them",
            "all",
            "everything",
            "except",
            "but",
            "and",
            "me",
            "myself",
        }
        for room in self.world.rooms.values():
            words |= set(phrase(room.name))
            for exit_ in room.exits:
                words |= set(chain(*map(phrase, exit_.nouns)))
        for person in self.characters():
            for topic in person.topics:
                words |= set(chain(*map(phrase, topic.words)))
        for names in self.offer_names.values():
            words |= set(chain(*names))
        for nouns in self.nouns.values():
            words |= set(chain(*nouns))
        return frozenset(words)

    def characters(self) -> tuple[Character, ...]:
        """Everybody."""
        return tuple(t for t in self.world.things.values() if isinstance(t, Character))

    def named(self, words: tuple[str, ...]) -> list[str]:
        """Things, anywhere, that `words` might name (to be tried with `match`)."""
        return self._by_word.get(words[-1], []) if words else []

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

    def rules_on(self, on: str) -> tuple[Rule, ...]:
        """Rules about the verb or happening `on`."""
        return self.rules.get(on, ())

    def thing(self, id: str) -> Thing | None:
        """The thing, if the world has it."""
        return self.world.things.get(id)


_KEPT: OrderedDict[int, Lexicon] = OrderedDict()
_KEEP = 4


def lexicon(world: World) -> Lexicon:
    """The lexicon of `world`, built at the first call."""
    # A world holds dictionaries, so it has no hash; the lexicon keeps it alive, so its id stays
    # its own.
    found = _KEPT.get(id(world))
    if found is None:
        found = _KEPT[id(world)] = Lexicon(world)
        while len(_KEPT) > _KEEP:
            _KEPT.popitem(last=False)
    return found
