"""Parting a line into commands, and taking the politeness off each.

'take the egg, then go north' is two commands; 'take the egg and the book' is one; 'boq, hello' is
said to Boq. Knows `Play` only to tell a noun from a verb.
"""

from __future__ import annotations

import re

from oz.story import verbs
from oz.story.model import Character
from oz.story.nouns import matching
from oz.story.play import Play
from oz.story.speech import SPEECH
from oz.story.words import COMMA, STOP, bare

_JOINTS = frozenset({"and", COMMA, "then"})
_FILLERS = frozenset(
    {
        "please",
        "kindly",
        "now",
        "then",
        "and",
        "just",
        "well",
        "so",
        "okay",
        "ok",
        "um",
        "er",
        "also",
        "next",
        COMMA,
    }
)
_OPENINGS = (
    ("i", "want", "to"),
    ("i", "would", "like", "to"),
    ("id", "like", "to"),
    ("i", "wish", "to"),
    ("can", "i"),
    ("could", "i"),
    ("may", "i"),
    ("can", "you"),
    ("could", "you"),
    ("would", "you"),
    ("will", "you"),
    ("can", "we"),
    ("let", "me"),
    ("let", "us"),
    ("lets",),
    ("try", "to"),
    ("i", "will"),
    ("ill",),
    ("you",),
    ("i", "try", "to"),
    ("have", "dorothy"),
    ("make", "dorothy"),
    ("dorothy", COMMA),
    ("dorothy",),
    ("i",),
    ("we",),
)


def understood(play: Play, words: list[str]) -> list[str]:
    """`words` with the small ones of another language put into English, and other forms of words
    put into the ones that the world knows. In English they stay as they are."""
    if not SPEECH.small:
        return words
    found: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        pair = SPEECH.small.get(f"{word} {rest[0]}") if rest else None
        if pair is not None:
            rest.pop(0)
        small = SPEECH.small.get(word) if pair is None else pair
        if small == "her|them":
            small = "her" if play.state.her else "them"
        if small is not None:
            found += small.split()
        elif word in play.words.words:
            found.append(word)
        else:
            forms = (form for form in SPEECH.variants(word) if form in play.words.words)
            found.append(next(forms, word))
    return found


def parted(line: str) -> tuple[str, str]:
    """A line that is not to be taken apart into words: up to the first 'then', and what follows."""
    thens = {"then", *(word for word, meant in SPEECH.small.items() if meant == "then")}
    found = re.search(
        rf"(?:^|[\s,;]+)(?:{'|'.join(map(re.escape, thens))})\s+(?=\S)", line, re.IGNORECASE
    )
    return (line[: found.start()], line[found.end() :]) if found else (line, "")


def split(play: Play, words: list[str]) -> list[list[str]]:
    """The commands of a line, in order."""
    found: list[list[str]] = []
    for part in _parted(words, {STOP, "then"}):
        sentence = part[2:] if part[:2] == ["dorothy", COMMA] else part
        addressed = _address(play, sentence)
        found.extend([addressed] if addressed else _clauses(play, sentence))
    return [command for command in found if any(word not in _JOINTS for word in command)]


def _parted(words: list[str], at: set[str]) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for word in words:
        if word in at:
            found.append([])
        else:
            found[-1].append(word)
    return [_trimmed(part) for part in found if _trimmed(part)]


def _trimmed(words: list[str]) -> list[str]:
    start, end = 0, len(words)
    while start < end and words[start] in _JOINTS:
        start += 1
    while end > start and words[end - 1] in _JOINTS:
        end -= 1
    return words[start:end]


def _clauses(play: Play, words: list[str]) -> list[list[str]]:
    """Cut where 'and' or a comma is followed by a verb that is not the name of something here."""
    found: list[list[str]] = []
    start = 0
    for index, word in enumerate(words):
        if word not in _JOINTS or index <= start:
            continue
        rest = _trimmed(words[index:])
        while rest and rest[0] in _FILLERS:
            rest = rest[1:]
        if rest and _begins_command(play, rest):
            part = _trimmed(words[start:index])
            if part:
                found.append(part)
            start = index + 1
    last = _trimmed(words[start:])
    return [*found, last] if last else found


def _begins_command(play: Play, words: list[str]) -> bool:
    if words[0] not in verbs.verb_words() and words[0] not in verbs.DIRECTION_WORDS:
        return False
    end = next((i for i, word in enumerate(words) if word in _JOINTS), len(words))
    return not matching(play, bare(tuple(words[:end])), play.sight())


def _address(play: Play, words: list[str]) -> list[str] | None:
    """'boq, what is that' as a command: asking, greeting or telling Boq to do something."""
    if COMMA not in words:
        return None
    cut = words.index(COMMA)
    rest = _trimmed(words[cut:])
    who = bare(tuple(words[:cut]))
    if not rest or not who or who == ("dorothy",):
        return None
    if who[0] in verbs.verb_words() and not matching(play, who, play.sight()):
        return None
    names = [t for t in play.words.named(who) if play.words.match(who, t)]
    if not any(isinstance(play.world.things[t], Character) for t in names):
        return None
    for opening in (
        ("tell", "me", "about"),
        ("what", "is"),
        ("what", "are"),
        ("who", "is"),
        ("whats",),
        ("explain",),
        ("what", "about"),
        ("talk", "about"),
    ):
        if tuple(rest[: len(opening)]) == opening and len(rest) > len(opening):
            return ["ask", *who, "about", *rest[len(opening) :]]
    return ["tell", *who, "to", *rest]


def polite(words: list[str]) -> list[str]:
    """`words` without 'please', 'I want to' and the like; at least one word is left."""
    while len(words) > 1:
        if words[0] in _FILLERS:
            words = words[1:]
            continue
        opening = next((o for o in _OPENINGS if _opens(words, o)), None)
        if opening is None:
            break
        words = words[len(opening) :]
    while (
        len(words) > 1 and words[-1] in {"please", COMMA, "now", "dorothy"} and words[0] != "what"
    ):
        words = words[:-1]
    return words


def _opens(words: list[str], opening: tuple[str, ...]) -> bool:
    size = len(opening)
    return (
        tuple(words[:size]) == opening and len(words) > size and words[size] in verbs.verb_words()
    )
