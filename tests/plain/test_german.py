"""The first two stages as they were played in German: nothing that is said is left in English.

The transcripts are compared word for word with the rest of the walks; here they are searched for
the English sentences of the lessons, and for those of the game that German has another word for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from oz.campaign import load
from oz.spells.model import Spell
from tests.plain.golden import FOLDER, ROOT
from tests.tongue import catalog

WALKS = ("kansas-de", "munchkins-de")
_HOLE = re.compile(r"\{[^{}]*\}")
_SENTENCE = re.compile(r"(?<=[.?!:”])\s+|\n\n|\n- ")


def said(name: str) -> str:
    """What the game says in a transcript, on one line: no programs, nothing that they printed."""
    text = (FOLDER / f"{name}.txt").read_text("utf-8")
    lines = [line for line in text.split("\n") if not re.match(r" {4}|\s*\d+  |.*> ", line)]
    return " ".join(" ".join(lines).split())


def plain(text: str) -> str:
    """As a transcript has it: without the stars of Markdown, on one line."""
    return " ".join(text.replace("**", "").split())


def words(text: str) -> int:
    """How many words it has that are no code."""
    return len(re.findall(r"[A-Za-z]{3,}", re.sub(r"`[^`]*`", "", text)))


def of_spell(spell: Spell) -> Iterator[str]:
    yield from (spell.title, spell.briefing, spell.worth_knowing, *spell.hints, *spell.goals)
    yield from (question.text for question in spell.questions)
    yield from (mistake.message for mistake in spell.mistakes)


def english() -> Iterator[str]:
    """The sentences of the first two stages, in English."""
    told = load(ROOT / "lessons", "en")
    stages = ("kansas", "munchkins")
    for passage in told.passages:
        if passage.key.partition("/")[0] in stages:
            yield passage.text
    for spell in told.spells.values():
        if spell.stage in stages:
            yield from of_spell(spell)
    for stage in stages:
        yield from (goal.text for goal in told.world.stages[stage].goals)


@pytest.fixture(scope="module", params=WALKS)
def transcript(request) -> str:
    return said(request.param)


def test_no_sentence_of_the_lessons_is_english(transcript):
    sentences = {plain(part) for text in english() for part in _SENTENCE.split(text)}
    worded = [part for part in sentences if words(part) > 3]
    assert len(worded) > 500
    assert [part for part in worded if part in transcript] == []


def test_no_sentence_of_the_game_is_english(transcript):
    found = []
    for message in catalog.extracted():
        for text in message.id if isinstance(message.id, tuple) else (message.id,):
            pieces = [plain(piece) for piece in _HOLE.split(text)]
            longest = max(pieces, key=len, default="")
            if words(longest) > 1 and longest in transcript:
                found.append(longest)
    assert found == []
