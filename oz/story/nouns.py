"""Which things a phrase means: 'the grey stone', 'it', 'all except the egg', 'the egg and the
book'.

Looks at what is in sight, in a `Play`; changes nothing and says nothing. What goes wrong comes
back as a `Problem` for `oz.story.parser` to ask or say.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from oz.story import stock
from oz.story.lexicon import NOUN
from oz.story.model import PLAYER, Character
from oz.story.play import ROOM, WAY, Play, way_id
from oz.story.speech import NUMBERS, SPEECH
from oz.story.words import ARTICLES, COMMA, ORDINALS, bare, listed, phrase

ALL = frozenset({"all", "everything", "each", "every", "both"})
BUT = frozenset({"except", "but", "save"})
SELF = frozenset({"me", "myself", "self", "dorothy", "yourself"})
_MUDDLE = frozenset(
    {"to", "in", "on", "at", "from", "with", "about", "all", "it", "is", "are", "and", COMMA}
)
_MUDDLE |= frozenset(
    {"him", "her", "them", "except", "but", "then", "please", "oops", "again", "into"}
)
PRONOUNS = ("it", "him", "her", "them")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a phrase means nothing, or too much."""

    kind: Literal["which", "unseen", "unknown", "one", "pronoun", "none"]
    text: str
    options: tuple[str, ...] = ()
    """For ``which``: the things it could mean."""
    at: tuple[int, int] = (0, 0)
    """Where in the command the phrase stands."""
    word: str = ""
    """For ``unknown``: the word."""
    meant: str = ""
    """For ``unknown``: the word that was perhaps meant."""


Found = tuple[str, ...] | Problem


def resolve(play: Play, words: list[str], at: tuple[int, int], *, many: bool, rather: str) -> Found:
    """Ids of the things that ``words[at[0]:at[1]]`` mean; several only if `many`."""
    part = tuple(words[slice(*at)])
    if not part:
        return Problem("none", "", at=at)
    if part[0] in ALL and not (len(part) > 1 and part[0] in {"each", "both"} and many is False):
        return _all(play, words, at, rather) if many else Problem("one", stock.ONE_AT_A_TIME, at=at)
    pieces = _pieces(words, at)
    if len(pieces) > 1:
        whole = _single(play, part, at, rather)
        if not isinstance(whole, Problem):
            return whole
        if not many:
            return Problem("one", stock.ONE_AT_A_TIME, at=at)
        return _each(play, words, pieces, rather)
    if part == ("them",) and play.state.them and many:
        seen = tuple(thing for thing in play.state.them if play.in_sight(thing))
        return seen or Problem(
            "pronoun", stock.PRONOUN_GONE.format(word=SPEECH.said.get("them", "them")), at=at
        )
    found = _single(play, part, at, rather)
    if isinstance(found, Problem) and many:
        several = _plural(play, part, rather)
        if several:
            return several
    return found


def _pieces(words: list[str], at: tuple[int, int]) -> list[tuple[int, int]]:
    """The parts of a list, by 'and' and commas."""
    pieces: list[tuple[int, int]] = []
    start = at[0]
    for index in range(*at):
        if words[index] in {"and", COMMA, "&"}:
            if index > start:
                pieces.append((start, index))
            start = index + 1
    if start < at[1]:
        pieces.append((start, at[1]))
    return pieces


def _each(play: Play, words: list[str], pieces: list[tuple[int, int]], rather: str) -> Found:
    found: dict[str, None] = {}
    for piece in pieces:
        things = resolve(play, words, piece, many=True, rather=rather)
        if isinstance(things, Problem):
            return things
        found.update(dict.fromkeys(things))
    return tuple(found)


def _all(play: Play, words: list[str], at: tuple[int, int], rather: str) -> Found:
    """'all', 'all stones', 'everything except the egg'."""
    start, end = at[0] + 1, at[1]
    if start < end and words[start] == "of":
        start += 1
    cut = next((i for i in range(start, end) if words[i] in BUT), end)
    things = candidates(play, rather)
    kind = bare(tuple(words[start:cut]))
    if kind and kind not in {("things",), ("here",), ("of", "it"), ("of", "them")}:
        things = tuple(t for t in things if _names(play, kind, t))
        if not things:
            return _unseen(play, kind, (start, cut))
    if cut < end:
        after = cut + (2 if words[cut + 1 : cut + 2] == ["for"] else 1)
        if after < end:
            out = resolve(play, words, (after, end), many=True, rather=rather)
            if isinstance(out, Problem):
                return out
            things = tuple(t for t in things if t not in out)
    if not things:
        return Problem(
            "none", stock.NOTHING_HELD if rather == "held" else stock.NOTHING_LOOSE, at=at
        )
    return things


def candidates(play: Play, rather: str) -> tuple[str, ...]:
    """What 'all' means: what is carried for ``held``, else what could be picked up."""
    if rather == "held":
        return tuple(t for t in play.contents(PLAYER) if not isinstance(play.thing(t), Character))
    return tuple(
        t
        for t in play.sight()
        if play.thing(t).portable
        and not play.carried(t)
        and not isinstance(play.thing(t), Character)
        and not isinstance(play.thing(play.place(t)), Character)
    )


def _names(play: Play, words: tuple[str, ...], thing: str) -> bool:
    return bool(play.words.match(words, thing) or play.words.match(_singular(words), thing))


def _singular(words: tuple[str, ...]) -> tuple[str, ...]:
    last = words[-1]
    return (*words[:-1], last[:-1]) if last.endswith("s") and len(last) > 2 else words


def _plural(play: Play, part: tuple[str, ...], rather: str) -> tuple[str, ...]:
    """'stones', where there are several things that are each called 'stone'."""
    words = bare(part)
    words = words[1:] if len(words) > 1 and (words[0] in NUMBERS or words[0].isdigit()) else words
    single = _singular(words)
    if single == words:
        return ()
    found = tuple(t for t in play.sight() if play.words.match(single, t) == NOUN)
    wanted = set(candidates(play, rather))
    return tuple(t for t in found if t in wanted) or found


def _single(play: Play, part: tuple[str, ...], at: tuple[int, int], rather: str) -> Found:
    if len(part) == 1 and part[0].startswith("#"):
        return _marked(play, part[0][1:], at)
    pronoun = part[-1] if len(part) <= 2 and part[-1] in PRONOUNS else ""
    if pronoun and (len(part) == 1 or part[0] in ARTICLES):
        return _pronoun(play, pronoun, at, rather)
    words = bare(part)
    if words[0] in {"her", "his", "its", "their"} and len(words) > 1:
        words = bare(words[1:])
    found = matching(play, words, play.sight())
    if not found and len(words) > 1 and (words[0] in NUMBERS or words[0].isdigit()):
        found = matching(play, words[1:], play.sight())
    if not found and len(words) > 1 and words[0] in ORDINALS and not words[0].isdigit():
        numbered = _ordinal(play, words, at, rather)
        if numbered:
            return numbered
    found = _prefer(play, found, rather)
    way = play.way_named(words)
    if way is not None and not any(play.words.match(words, id) == NOUN for id in found):
        # 'door' is the way out that is called so before it is the trap-door.
        return (way_id(way, words),)
    if len(found) == 1:
        return found
    if found:
        question = stock.WHICH.format(what=_asked(words), options=options_of(play, words, found))
        return Problem("which", question, options=found, at=at)
    if words in {(word,) for word in SELF}:
        return (PLAYER,)
    return _unseen(play, words, at)


def _ordinal(play: Play, words: tuple[str, ...], at: tuple[int, int], rather: str) -> Found:
    """'the second stone': that one of those that could be meant, in the order in which a room
    names them; nothing where there are none."""
    rest = bare(words[2:] if words[1] == "of" and len(words) > 2 else words[1:])
    found = matching(play, rest, play.sight()) or matching(play, _singular(rest), play.sight())
    found = _rather(play, found, rather)
    index = ORDINALS[words[0]]
    if found and index >= len(found):
        return Problem("unseen", stock.TOO_FEW.format(count=NUMBERS[len(found) - 1]), at=at)
    return found[index : index + 1 or None]


def _marked(play: Play, thing: str, at: tuple[int, int]) -> Found:
    """An id put into the command by an earlier answer, if it is still in sight."""
    room = thing.removeprefix(ROOM) if thing.startswith(ROOM) else None
    if thing == PLAYER or play.in_sight(thing) or play.way(thing) or room in play.world.rooms:
        return (thing,)
    if thing not in play.world.things:
        return Problem("unseen", stock.UNSEEN.format(what=stock.SUCH_THING), at=at)
    return Problem("unseen", play.word(stock.GONE, thing), at=at)


def options_of(play: Play, words: tuple[str, ...], found: tuple[str, ...]) -> str:
    """'the grey one or the white one' where all are called what was asked, else their names."""
    names = [play.whom(id) for id in found]
    tail = f" {words[-1]}"
    if all(name.endswith(tail) for name in names):
        names = [stock.THE_ONE.format(which=name.removesuffix(tail)) for name in names]
    return listed(names, "or")


def _asked(words: tuple[str, ...]) -> str:
    kept = [word for word in words if word not in {"one", "ones"}]
    return " ".join(kept) or "one"


def matching(play: Play, words: tuple[str, ...], among: tuple[str, ...]) -> tuple[str, ...]:
    """Things of `among` that `words` name; those named by a noun before those named by an
    adjective."""
    ranked = [(play.words.match(words, thing), thing) for thing in among]
    best = max((rank for rank, _ in ranked), default=0)
    return tuple(thing for rank, thing in ranked if rank and rank == best)


def _rather(play: Play, found: tuple[str, ...], rather: str) -> tuple[str, ...]:
    """Those of `found` that a slot would rather have; all, where it would have none of them."""
    tests: dict[str, Callable[[str], bool]] = {
        "held": play.carried,
        "loose": lambda t: play.thing(t).portable and not play.carried(t),
        "person": lambda t: isinstance(play.thing(t), Character),
        "only": lambda t: isinstance(play.thing(t), Character),
    }
    test = tests.get(rather)
    return (tuple(t for t in found if test(t)) if test else ()) or found


def _prefer(play: Play, found: tuple[str, ...], rather: str) -> tuple[str, ...]:
    if len(found) < 2:
        return found
    preferred = _rather(play, found, rather)
    names = {play.the(t) for t in preferred}
    return preferred[:1] if len(names) == 1 else preferred


def _pronoun(play: Play, word: str, at: tuple[int, int], rather: str = "") -> Found:
    state = play.state
    meant = state.them[0] if word == "them" and state.them else None
    if word != "them":
        meant = {"it": state.it, "him": state.him, "her": state.her}[word]
    if rather in {"person", "only"} and not isinstance(
        play.world.things.get(meant or ""), Character
    ):
        # Things are 'her' and 'him' too in some languages, and nobody asks a thing.
        called = [p.id for p in play.people() if word in play.name(p.id).pronouns]
        if len(called) == 1:
            return (called[0],)
    if meant is None:
        # 'him' and 'her' are clear enough when only one such person is in sight.
        people = [p.id for p in play.people() if p.pronoun == word]
        if len(people) == 1:
            return (people[0],)
        return Problem("pronoun", stock.PRONOUN.format(word=SPEECH.said.get(word, word)), at=at)
    if meant == PLAYER or play.in_sight(meant) or (meant.startswith(WAY) and play.way(meant)):
        return (meant,)
    if meant not in play.world.things:
        return Problem("pronoun", stock.PRONOUN.format(word=SPEECH.said.get(word, word)), at=at)
    return Problem("unseen", play.word(stock.GONE, meant), at=at)


def _unseen(play: Play, words: tuple[str, ...], at: tuple[int, int]) -> Problem:
    for word in words:
        if word in play.words.words or word.isdigit() or word in {"#", COMMA}:
            continue
        meant = near(word, sight_words(play))
        return Problem(
            "unknown",
            stock.UNKNOWN_NOUN.format(word=spelled(play, word)),
            at=at,
            word=word,
            meant=meant,
        )
    absent = met(play, words)
    if absent is not None and isinstance(play.thing(absent), Character):
        return Problem("unseen", play.word(stock.WHO_AWAY, absent), at=at)
    # A muddle is not worth saying back; a name is.
    name = bare(words)
    muddled = any(word in _MUDDLE | ARTICLES or word.startswith("#") for word in name)
    named = (
        " ".join(spelled(play, word) for word in name)
        if 0 < len(name) <= 3 and not muddled
        else stock.SUCH_THING
    )
    return Problem("unseen", stock.UNSEEN.format(what=named), at=at)


def spelled(play: Play, word: str) -> str:
    """`word` as it was typed: words are compared without ``ß``, and small ones in English."""
    typed = re.findall(r"\w+", play.typed.lower())
    small = SPEECH.small
    return next((o for o in typed if word in (o.casefold(), small.get(o.casefold()))), word)


def met(play: Play, words: tuple[str, ...]) -> str | None:
    """What `words` name, wherever it is, if Dorothy has come across it."""
    for id in play.words.named(words):
        if not play.words.match(words, id):
            continue
        known = id in play.state.examined or id in play.state.taken
        if known or play.world.things[id].place in play.state.visited:
            return id
    return None


def sight_words(play: Play) -> list[str]:
    """Words for what is in sight."""
    words: dict[str, None] = {}
    for thing in play.sight():
        for name in sorted(play.words.nouns[thing]):
            words.update(dict.fromkeys(name))
        words.update(dict.fromkeys(sorted(play.words.modifiers[thing])))
    for way in play.shown_ways():
        for noun in way.nouns:
            words.update(dict.fromkeys(phrase(noun)))
    return list(words)


def near(word: str, known: list[str]) -> str:
    """The word of `known` that `word` is most likely a slip for, or ''."""
    if len(word) < 3:
        return ""
    return next(iter(difflib.get_close_matches(word, known, n=1, cutoff=0.74)), "")
