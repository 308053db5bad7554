"""Every sentence has its translation, and the catalogues are as the code is."""

from __future__ import annotations

import ast
import re
import tomllib

import pytest

from oz import tongue
from tests.tongue import catalog

LANGUAGES = [code for code in tongue.LANGUAGES if code != tongue.ENGLISH]
_HOLE = re.compile(r"\{(\w+)[^{}]*\}")
_CASES = re.compile(r"_(acc|dat)\b|2\b")

FREE = frozenset({"phrase", "what", "word", "them", "are", "of", "them_dat"}) | {
    "possibility",
    "possibilities",
    "choice",
    "choices",
    "nargs",  # of click: one number has one
}
"""Places that a translation may do without, or use although the English sentence does not: words
of grammar, and what was typed."""


@pytest.fixture(scope="module", params=LANGUAGES)
def code(request) -> str:
    return request.param


def holes(text: str) -> set[str]:
    """What is put into a sentence, whatever the case that it stands in."""
    found = {_CASES.sub("", hole).lower() for hole in _HOLE.findall(text.replace("{{", ""))}
    same = {"who": "the", "second": "second", "room": "room", "way": "way"}
    return {same.get(hole, hole) for hole in found}


def grammar() -> set[str]:
    """Words that agree with a thing in some language."""
    from oz.story.german.names import named
    from oz.story.model import Text, Thing

    thing = Thing("", "", "der Ball", (), (), "", Text("", ()))
    return {word.lower() for word in named(thing).agreeing}


def texts(value: object) -> list[str]:
    return list(value) if isinstance(value, (list, tuple)) else [str(value)]


def test_every_sentence_is_found_in_the_code():
    """Also where it is looked up in the middle of another string."""
    known = {text for message in catalog.extracted() for text in texts(message.id)}
    for path in catalog.files():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"_", "ngettext"}:
                text = node.args[0]
                assert not isinstance(text, ast.Constant) or text.value in known, (
                    path,
                    node.lineno,
                )


def test_every_sentence_is_translated(code):
    missing = [
        message.id for message in catalog.updated(code) if message.id and not catalog.told(message)
    ]
    assert not missing, missing


def test_a_catalogue_is_as_the_code_is(code):
    kept = {m.id for m in catalog.read(code) if m.id}
    assert kept == {m.id for m in catalog.extracted() if m.id}


def test_what_gettext_reads_is_up_to_date(code):
    path = catalog.po_path(code).with_suffix(".mo")
    assert path.read_bytes() == catalog.compiled(catalog.read(code))


def test_a_translation_has_the_places_of_its_sentence(code):
    free = FREE | grammar()
    for message in catalog.read(code):
        wanted = set().union(*map(holes, texts(message.id))) - free
        for said in texts(message.string) if message.id else ():
            assert holes(said) - free == wanted, (message.id, said)


def test_a_translation_keeps_the_blanks_at_its_ends(code):
    for message in catalog.read(code):
        if not message.id:
            continue  # the head of the catalogue
        for english, said in zip(texts(message.id), texts(message.string), strict=True):
            ends = [(t[:1].isspace(), t[-1:].isspace()) for t in (english, said)]
            assert ends[0] == ends[1], (english, said)


def test_no_sentence_is_an_f_string():
    for path in catalog.files():
        for found in catalog.formatted(ast.parse(path.read_text("utf-8"))):
            pytest.fail(f"{path}:{found.lineno}: an f-string cannot be looked up")


def test_the_explanations_of_errors_are_whole(code):
    folder = catalog.PACKAGE / "crucible" / "child"
    rows = tomllib.loads((folder / "explain.toml").read_text("utf-8"))["error"]
    told = tomllib.loads((folder / f"explain.{code}.toml").read_text("utf-8"))["words"]
    assert list(told) == [row["id"] for row in rows]
    for row in rows:
        groups = set(re.findall(r"\{\d\}", row["words"]))
        assert set(re.findall(r"\{\d\}", told[row["id"]])) == groups, row["id"]
