"""From the words of one command to what is meant: grammar lines tried against words, slots filled.

Reads a `Play`, changes nothing and says nothing. What is not understood comes back as `Trouble`,
which `oz.story.turn` turns into a question or a refusal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from oz.story import stock, verbs
from oz.story.model import PLAYER, Character
from oz.story.nouns import Problem, matching, near, resolve, sight_words, spelled
from oz.story.play import ROOM, Play, way_id
from oz.story.speech import SPEECH
from oz.story.verbs import DIRECTION_WORDS, Line, Slot
from oz.story.words import bare, phrase

MAX_WORDS = 60
_PASSED_OVER = SPEECH.articles | {"the", "a", "my"}


@dataclass(frozen=True, slots=True)
class Command:
    """One command, understood."""

    verb: str
    objects: tuple[str, ...] = ()
    second: str | None = None
    topic: tuple[str, ...] = ()
    """Free words: a topic, something said, the rest."""
    direction: str | None = None
    preposition: str = ""
    """The word before the indirect object (``in``, ``on``, ``at`` …)."""
    listed: bool = False
    """The player named several things, or 'all': each is answered under its own name."""
    words: tuple[str, ...] = ()

    @property
    def object(self) -> str | None:
        return self.objects[0] if self.objects else None


@dataclass(frozen=True, slots=True)
class Trouble:
    """A command that cannot be carried out as it was said."""

    kind: Literal["say", "which", "what", "meant", "unknown"]
    text: str
    words: tuple[str, ...] = ()
    """``which``, ``what``, ``meant``, ``unknown``: the command with a gap at `at`."""
    at: tuple[int, int] = (0, 0)
    options: tuple[str, ...] = ()
    word: str = ""
    meant: str = ""
    thing: str | None = None
    """What 'it' means from now on."""


_OTHERWISE = Trouble("say", "")
"""These words are not what the line is about; another line may fit, or something is missing."""


@dataclass(frozen=True, slots=True)
class _Match:
    """A grammar line laid over the words: where each slot lies."""

    line: Line
    slots: tuple[tuple[Slot, int, int], ...]


@dataclass(slots=True)
class _Search:
    """What was found while trying one line after another."""

    which: Trouble | None = None
    failed: Trouble | None = None
    missing: Trouble | None = None
    missing_words: int = 99
    """How many words of its own the line of `missing` still wanted: fewer is the likelier line."""


def parse(play: Play, words: list[str]) -> Command | Trouble:
    """What `words`, one command, mean."""
    if len(words) > MAX_WORDS:
        return Trouble("say", stock.TOO_LONG)
    lines = verbs.lines_for(words[0])
    if not lines:
        return _no_verb(play, words)
    search = _Search()
    for line in lines:
        for match in _lay(line, words):
            found = _fill(play, words, match)
            if isinstance(found, Command):
                return found
            if found is _OTHERWISE:
                continue
            if found.kind == "which":
                search.which = search.which or found
            else:
                search.failed = search.failed or found
        missing = _missing(play, line, words)
        wanted = len(missing.words) - len(words) if missing else 99
        # 'tell' wants somebody before it wants a subject.
        wanted += 2 if missing and line.elements[-1] == Slot("topic") else 0
        wanted += 1 if missing and _beyond_her(play, line, missing.thing) else 0
        if missing and wanted < search.missing_words:
            search.missing, search.missing_words = missing, wanted
    answer = search.which or search.missing if not search.failed else search.which or search.failed
    return answer or _half(words)


# --- laying lines over words
# ------------------------------------------------------------------------


def _lay(line: Line, words: list[str]) -> Iterator[_Match]:
    """Every way in which `line` covers all of `words`."""
    for slots in _cover(line, 0, words, 0):
        yield _Match(line, slots)


def _cover(
    line: Line, element: int, words: list[str], start: int
) -> Iterator[tuple[tuple[Slot, int, int], ...]]:
    if element == len(line.elements):
        if start == len(words):
            yield ()
        return
    wanted = line.elements[element]
    if not isinstance(wanted, Slot):
        # An article may stand before any word of a line but its first: 'cast the spell'.
        at = start + (start > 0 and start + 1 < len(words) and words[start] in _PASSED_OVER)
        for place in dict.fromkeys((start, at)):
            if place < len(words) and words[place] in wanted:
                yield from _cover(line, element + 1, words, place + 1)
        return
    left = len(line.elements) - element - 1
    longest = len(words) - left
    ends = range(start + 1, start + 2) if wanted.kind == "way" else range(start + 1, longest + 1)
    for end in ends:
        if end > longest or (wanted.kind == "way" and words[start] not in DIRECTION_WORDS):
            return
        for rest in _cover(line, element + 1, words, end):
            yield ((wanted, start, end), *rest)


# --- filling the slots
# ------------------------------------------------------------------------------


def _fill(play: Play, words: list[str], match: _Match) -> Command | Trouble:
    command = Command(match.line.verb, words=tuple(words))
    for slot, start, end in match.slots:
        found = _slot(play, words, slot, (start, end), command)
        if isinstance(found, Trouble):
            return found
        command = found
    return command


def _slot(
    play: Play, words: list[str], slot: Slot, at: tuple[int, int], command: Command
) -> Command | Trouble:
    part = tuple(words[slice(*at)])
    match slot.kind:
        case "way":
            return replace(command, direction=DIRECTION_WORDS[part[0]])
        case "topic":
            return replace(command, topic=bare(part))
        case "place":
            return _place(play, words, at, command)
        case _:
            return _things(play, words, slot, at, command)


def _things(
    play: Play, words: list[str], slot: Slot, at: tuple[int, int], command: Command
) -> Command | Trouble:
    many = slot.kind == "things"
    found = resolve(play, words, at, many=many, rather=slot.rather)
    if isinstance(found, Problem):
        return _trouble(found, words)
    if not found:
        return Trouble("say", stock.NOTHING_CHOSEN)
    if slot.rather == "only" and not isinstance(play.thing(found[0]), Character):
        return _OTHERWISE
    if slot.rather == "mine" and not all(play.carried(id) for id in found):
        return Trouble("say", play.word(stock.NOT_HELD, found[0]))
    if slot.kind == "second":
        before = words[at[0] - 1] if at[0] else ""
        preposition = SPEECH.before.get(before, before)
        return replace(command, second=found[0], preposition=preposition)
    listed = len(found) > 1 or words[at[0]] in {"all", "everything"}
    return replace(command, objects=found, listed=listed)


def _trouble(problem: Problem, words: list[str]) -> Trouble:
    if problem.kind == "which":
        return Trouble("which", problem.text, tuple(words), problem.at, problem.options)
    if problem.kind == "unknown":
        at = words.index(problem.word, problem.at[0])
        meant = problem.meant
        text = problem.text
        if meant:
            text = stock.UNKNOWN_NOUN_MEANT.format(word=problem.word, meant=meant)
        kind: Literal["meant", "unknown"] = "meant" if meant else "unknown"
        return Trouble(kind, text, tuple(words), (at, at + 1), word=problem.word, meant=meant)
    return Trouble("say", problem.text or stock.NOT_FOLLOWED.format(verb=words[0]))


def _place(
    play: Play, words: list[str], at: tuple[int, int], command: Command
) -> Command | Trouble:
    """A way out by its name, a thing, a room: in this order, so that 'enter house' finds the
    door."""
    part = bare(tuple(words[slice(*at)]))
    way = play.way_named(part)
    if way is not None:
        return replace(command, objects=(way_id(way, part),))
    found = resolve(play, words, at, many=False, rather="")
    if not isinstance(found, Problem):
        return replace(command, objects=found)
    room = _room_named(play, part)
    if room is not None:
        return replace(command, objects=(ROOM + room,))
    return _trouble(found, words)


def _room_named(play: Play, part: tuple[str, ...]) -> str | None:
    """A room that one has been to, or that lies next door, called `part`."""
    near_ = [way.to for way in play.shown_ways()]
    for id in dict.fromkeys((play.state.room, *near_, *sorted(play.state.visited))):
        room = play.world.rooms.get(id)
        if room is None:
            continue
        name = bare(phrase(room.name))
        if part == name or part == phrase(id.split("/")[-1]) or _within(part, name):
            return id
    return None


def _within(part: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether `part` is a run of the words of `name` that says something."""
    if not part or all(len(word) < 4 for word in part):
        return False
    return any(name[i : i + len(part)] == part for i in range(len(name) - len(part) + 1))


# --- what is missing
# --------------------------------------------------------------------------------


def _missing(play: Play, line: Line, words: list[str]) -> Trouble | None:
    """The question for what `line` still wants after `words`, if they are its beginning."""
    for element in range(1, len(line.elements)):
        rest = line.elements[element:]
        slots = [part for part in rest if isinstance(part, Slot)]
        alone = len(slots) == 1 and isinstance(rest[-1], Slot)
        # With two things missing the first is asked for, and then the other.
        if not (alone or isinstance(rest[0], Slot)) or slots[0].kind == "way":
            continue
        head = Line(line.verb, line.elements[:element], line.spelled[:element])
        for match in _lay(head, words):
            filled = _fill(play, words, match)
            if isinstance(filled, Trouble):
                continue
            full = (*words, *(line.spelled[element:-1] if alone else ()))
            named = _named(play, match, full)
            form = stock.WHOM if slots[0].rather in {"person", "only"} else stock.WHAT
            at = (len(full), len(full))
            return Trouble("what", form.format(phrase=named), full, at, thing=filled.object)
    return None


def _beyond_her(play: Play, line: Line, thing: str | None) -> bool:
    """'feed the hens' is not about handing the hens to somebody: Dorothy cannot have them."""
    if thing is None or not verbs.BY_NAME[line.verb].held:
        return False
    return not play.carried(thing) and not play.thing(thing).portable


def _named(play: Play, match: _Match, words: tuple[str, ...]) -> str:
    """The command so far in words that the game can say back."""
    said = list(words)
    for slot, start, end in reversed(match.slots):
        if slot.kind in {"thing", "things", "second"}:
            found = resolve(play, list(words), (start, end), many=True, rather=slot.rather)
            if not isinstance(found, Problem) and len(found) == 1:
                said[start:end] = [play.the(found[0])]
    return " ".join(said)


# --- not a command
# ----------------------------------------------------------------------------------


def _half(words: list[str]) -> Trouble:
    if len(words) > 1:
        return Trouble("say", stock.NOT_FOLLOWED.format(verb=words[0]))
    return Trouble("say", stock.NOT_FOLLOWED_HELP.format(part=words[0]))


def _no_verb(play: Play, words: list[str]) -> Trouble | Command:
    """A line that begins with no verb: a way, a thing, a slip, or nothing that is known."""
    part = bare(tuple(words))
    way = play.way_named(part)
    if way is not None:
        return Command("enter", objects=(way_id(way, part),), words=tuple(words))
    things = matching(play, part, play.sight())
    if things:
        return Trouble("say", play.word(stock.WHAT_WITH_IT, things[0]), thing=things[0])
    if part == ("me",) or (part[:1] == ("dorothy",) and len(part) == 1):
        return Trouble("say", play.word(stock.WHAT_WITH_IT, PLAYER), thing=PLAYER)
    word = words[0]
    meant = near(word, sorted(verbs.verb_words()))
    if not meant and len(words) == 1:
        meant = near(word, sight_words(play))
        if meant:
            text = stock.UNKNOWN_NOUN_MEANT.format(word=word, meant=meant)
            return Trouble("meant", text, tuple(words), (0, 1), word=word, meant=meant)
    if meant:
        text = stock.UNKNOWN_VERB_MEANT.format(word=word, meant=meant)
        return Trouble("meant", text, tuple(words), (0, 1), word=word, meant=meant)
    return Trouble(
        "unknown",
        stock.UNKNOWN_VERB.format(word=spelled(play, word)),
        tuple(words),
        (0, 1),
        word=word,
    )
