"""The stock sentences are used with the fields that they have, and each is used."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import oz.story
from oz.story import stock, verbs
from oz.story.actions import HANDLERS
from oz.story.lexicon import lexicon
from oz.story.state import State

HERE = Path(oz.story.__file__).parent
TREES = {
    path: ast.parse(path.read_text()) for path in HERE.rglob("*.py") if path.name != "stock.py"
}
AGREEING = {"is", "has", "does", "was", "s", "es", "it", "them"}
OWN = {"the", "The", "who", "Who"} | AGREEING
SECOND = {"second", "Second"} | {f"{word}2" for word in AGREEING}


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def sentences(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, tuple) else []


def stock_name(node: ast.expr) -> str | None:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return node.attr if node.value.id == "stock" else None
    return None


def test_every_call_gives_the_fields_of_its_sentence():
    checked = 0
    for path, tree in TREES.items():
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
                continue
            given = {keyword.arg for keyword in call.keywords if keyword.arg}
            if call.func.attr == "format" and (name := stock_name(call.func.value)):
                assert fields(getattr(stock, name)) <= given, f"{path.name}:{call.lineno} {name}"
                checked += 1
            elif call.func.attr == "word" and (name := stock_name(call.args[0])):
                known = OWN | given | (SECOND if len(call.args) > 2 else set())
                assert fields(getattr(stock, name)) <= known, f"{path.name}:{call.lineno} {name}"
                checked += 1
    assert checked > 80


def test_every_sentence_is_used():
    used = {
        name
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.expr) and (name := stock_name(node))
    }
    own = {name for name in vars(stock) if name.isupper()}
    assert own - used == set()
    assert used - own == set()


def test_default_answers_use_only_words_that_agree_with_the_thing():
    for table in (stock.PLAIN, stock.PERSON, stock.COMPANION):
        for sentence in table.values():
            assert fields(sentence) <= OWN, sentence


def test_default_answers_are_for_verbs_that_there_are():
    for table in (stock.PLAIN, stock.PERSON, stock.COMPANION, stock.ONESELF, stock.ALONE):
        assert set(table) <= set(verbs.BY_NAME) | {"whoami"}
    assert set(HANDLERS) <= set(verbs.BY_NAME)


def test_every_verb_answers_alone_with_a_thing_with_somebody_and_with_oneself(world):
    state = State("k/kitchen")
    for verb in verbs.VERBS:
        if verb.game:
            continue
        for line in verb.lines:
            for name in ("stove", "em", "toto", "me", "hanky"):
                typed = line.replace("|", " ").split()
                words = [w for w in typed if not w.startswith("{")]
                said = " ".join([words[0] if words else "north", name])
                turn = oz.story.step(world, state, said)
                assert turn.events, said


def test_no_sentence_of_the_narrator_exclaims():
    for name, value in vars(stock).items():
        if name.isupper():
            for sentence in sentences(value):
                assert "!" not in sentence, name


def test_the_lexicon_is_built_once_for_each_world(world):
    assert lexicon(world) is lexicon(world)
