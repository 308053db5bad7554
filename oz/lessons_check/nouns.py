"""Whether what the prose names can be looked at where it is read.

There is no grammar here, only a reader's habits. In narration (not in speech, in code, or in what
is written on something) a noun is looked for where nouns stand: after an article, a possessive, a
number, a preposition, and where a sentence begins. From there the words run on to the next word
that no noun phrase goes past: a preposition, a conjunction, a verb, a comma. The last of the run
is its head; ``grammar.toml`` has the words that are verbs, adjectives, or too abstract to be
looked at, and parts of the body, which belong to whoever has them. What is likened ('like a
clock') or denied ('no wind') is not there. A head is fine when something that can be in sight
there answers to it, by the rules of the game's own parser. What is left is reported with its
line; what is only a figure of speech, or is spoken of and not there, goes into the stage's
``figurative``.

Read are the texts that set the scene: rooms, things, what lies about, ways, cues, arrivals. What
happens in passing (talk, consequences, victories) names things as they go by, and what is heard
or smelt need not be in sight: those are left to the author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from oz.campaign import Campaign, Fault
from oz.campaign.prose import Passage
from oz.lessons_check.grammar import (
    ABSTRACT,
    ADJECTIVE_ENDINGS,
    ADJECTIVES,
    ALSO_NOUNS,
    BODY,
    DETERMINERS,
    FUNCTION,
    PREPOSITIONS,
    VERBS,
)
from oz.lessons_check.roads import Possible, possible
from oz.story.lexicon import Lexicon, lexicon
from oz.story.words import phrase

READ = frozenset({"room", "lists", "exit", "cue", "arrival", "thing"})
"""Kinds of text whose nouns must be examinable."""

_SPEECH = re.compile(r"[\"“][^\"”]*(?:[\"”]|\Z)", re.DOTALL)
_CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
_QUOTED = re.compile(r"(?<!\*)\*(?!\*)[^*]+\*(?!\*)|\*\*[^*]+\*\*")
"""Emphasis: what is written on something, and what the player may type."""
_WORD = re.compile(r"[A-Za-z]+(?:[-'’][A-Za-z]+)*|[^\sA-Za-z]")
_NEVER = ABSTRACT | ADJECTIVES | BODY | (VERBS - ALSO_NOUNS)
_DENIED = frozenset({"no", "without", "neither", "nor", "if"})
"""What follows is not there."""
_LIKENED = frozenset({"like", "as", "than"})
"""What follows, to the next mark, is only what something resembles."""


_SENTENCE_ENDS = frozenset(".;:!?…")


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark of a passage."""

    text: str
    """Lower case, without a possessive ending."""
    line: int
    name: bool
    """It has a capital inside a sentence."""
    possessive: bool
    mark: bool


def check(campaign: Campaign) -> list[Fault]:
    """Every noun in a scene that nothing there answers to."""
    reached = possible(campaign.world)
    words = lexicon(campaign.world)
    rooms = Rooms(campaign, reached)
    names = _names(campaign)
    found: list[Fault] = []
    for passage in campaign.passages:
        stage, _, name = passage.key.partition("/")
        where = rooms.of(stage, name)
        if where is None:
            continue
        known = Sight(campaign, words, reached, where)
        figurative = campaign.stages[stage].figurative | names
        for noun, line in strangers(passage, known, figurative):
            said = f"'{noun}' is named here, and nothing in sight answers to it"
            found.append(Fault(passage.path, line, said))
    return found


def _names(campaign: Campaign) -> frozenset[str]:
    """Names of people and places: what has a capital inside a sentence."""
    return frozenset(
        word.text for passage in campaign.passages for word in _words(passage) if word.name
    )


class Rooms:
    """Where a text is read."""

    def __init__(self, campaign: Campaign, reached: Possible) -> None:
        self._world = campaign.world
        self._reached = reached

    def of(self, stage: str, name: str) -> frozenset[str] | None:
        """The rooms in which the text `name` (``room kitchen``) is read; `None`: not checked."""
        kind, *rest = name.split(" ")
        opening = self._world.opening
        if opening is not None and opening.key == f"{stage}/{name}":
            return frozenset({self._world.start})
        if kind not in READ:
            return None
        id = f"{stage}/{rest[0]}" if rest else ""
        if kind in {"room", "exit"}:
            return frozenset({id})
        if kind == "arrival":
            return frozenset({self._world.stages[stage].start})
        if kind == "cue":
            return frozenset(self._world.offers[id].rooms) if id in self._world.offers else None
        return frozenset(self._reached.rooms_of(id)) if id in self._world.things else None


class Sight:
    """What can be named in some rooms."""

    def __init__(
        self, campaign: Campaign, words: Lexicon, reached: Possible, rooms: frozenset[str]
    ) -> None:
        self._words = words
        self._things = [t for t in reached.seen if reached.rooms_of(t) & rooms]
        world = campaign.world
        self._others: set[str] = set()
        for id in rooms:
            room = world.rooms[id]
            self._others.update(phrase(room.name))
            for way in room.exits:
                self._others.update(phrase(world.rooms[way.to].name))
                self._others.update(word for noun in way.nouns for word in phrase(noun))
        for offer in world.offers.values():
            if rooms & set(offer.rooms):
                self._others.update(
                    word for noun in (offer.title, *offer.nouns) for word in phrase(noun)
                )

    def answers(self, word: str) -> bool:
        """Whether something here is called `word`, as the game's parser understands it."""
        parts = phrase(word)
        if not parts or all(part in self._others for part in parts):
            return True
        return any(
            self._words.match(parts, t) or self._words.match(parts[-1:], t) for t in self._things
        )


def strangers(
    passage: Passage, known: Sight, figurative: frozenset[str]
) -> Iterator[tuple[str, int]]:
    """The nouns of `passage` that nothing answers to, with their lines, each once."""
    told: set[str] = set()
    for run in runs(list(_words(passage))):
        noun = stranger(run, known)
        if noun is None or noun.text in told or noun.text in figurative:
            continue
        told.add(noun.text)
        yield noun.text, noun.line


def stranger(run: list[Word], known: Sight) -> Word | None:
    """The head of a noun phrase, unless it may be named or is none."""
    answered = -1
    for place, word in enumerate(run):
        if known.answers(word.text):
            answered = place
    rest = run[answered + 1 :]
    if answered >= 0 and (not rest or _verbal(rest[0].text)):
        return None
    heads = [word for word in rest if not _no_noun(word)]
    if not heads:
        return None
    head = heads[-1]
    return None if head is not rest[-1] and not _verbal(rest[-1].text) else head


def runs(words: list[Word]) -> Iterator[list[Word]]:
    """The stretches of `words` in which a noun phrase may stand."""
    at, fresh, denied, likened = 0, True, False, False
    while at < len(words):
        word = words[at]
        denied = denied or word.text in _DENIED
        likened = not word.mark and (likened or word.text in _LIKENED)
        opens = not word.mark and (word.text in DETERMINERS or word.text in PREPOSITIONS)
        start, end = at, at
        if opens or (fresh and not word.mark):
            start = at + 1 if opens else at
            end = _end(words, start, after_to=word.text == "to")
        if end > start:
            if not denied and not likened:
                yield words[start:end]
            denied = False
        fresh = word.mark and word.text in _SENTENCE_ENDS
        denied = denied and not word.mark
        at = max(end, at + 1)


def _end(words: list[Word], start: int, *, after_to: bool) -> int:
    """Where the phrase that begins at `start` ends: after a possessive another begins. After 'to' a
    verb is a verb."""
    end = start
    while end < len(words) and not _stops(words[end], first=end == start and not after_to):
        end += 1
        if words[end - 1].possessive:
            break
    return end


def _stops(word: Word, *, first: bool) -> bool:
    """Whether no noun phrase goes past `word`; at its beginning a verb may be a noun."""
    text = word.text
    if word.mark or text in DETERMINERS or text in PREPOSITIONS or text in FUNCTION:
        return True
    return text in VERBS and text not in ADJECTIVES and not (first and text in ALSO_NOUNS)


def _no_noun(word: Word) -> bool:
    text = word.text
    if word.name or text in _NEVER:
        return True
    last = text.rpartition("-")[2]
    return last in ABSTRACT or text.endswith(("ly", *ADJECTIVE_ENDINGS))


def _verbal(text: str) -> bool:
    """Whether a word after a noun may be its verb."""
    return text in VERBS or text.endswith(("s", "ed", "ing", "ly"))


def _words(passage: Passage) -> Iterator[Word]:
    """The words of the narration."""
    text = passage.text
    for pattern in (_CODE, _SPEECH, _QUOTED):
        text = pattern.sub(_blank, text)
    fresh = True
    for number, content in enumerate(text.split("\n"), passage.line):
        for found in _WORD.finditer(content):
            raw = found[0]
            if not raw[0].isalpha():
                yield Word(raw, number, False, False, mark=True)
                fresh = fresh or raw in _SENTENCE_ENDS
                continue
            bare = re.sub(r"['’]s?$", "", raw)
            yield Word(
                bare.lower(), number, raw[0].isupper() and not fresh, bare != raw, mark=False
            )
            fresh = False
        if not content.strip():
            fresh = True
            yield Word(".", number, False, False, mark=True)


def _blank(found: re.Match[str]) -> str:
    """As many lines of nothing, ended as a sentence would be."""
    return "." + "\n" * found[0].count("\n")
