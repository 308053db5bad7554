"""Markdown becomes blocks: what is set how, and that nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oz.tui.typeset import code_block, plain, typeset, with_margin


def roles(block) -> set[tuple[str, str]]:
    return {
        (span.style, block.content.plain[span.start : span.end]) for span in block.content.spans
    }


def test_paragraphs_are_blocks_and_line_breaks_in_them_are_spaces():
    blocks = typeset("one\ntwo\n\nthree")
    assert [block.content.plain for block in blocks] == ["one two", "three"]


def test_emphasis_and_code_keep_their_words_and_get_roles():
    (block,) = typeset("a *b* **c** `d[0]`")
    assert block.content.plain == "a b c d[0]"
    assert roles(block) == {("em", "b"), ("strong", "c"), ("code", "d[0]")}


def test_a_role_holds_for_words_that_nothing_else_sets():
    (block,) = typeset("go `north`", "cue")
    assert ("cue", "go north") in roles(block)


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("- a\n- b", ["•  ", "•  "]),
        ("1. a\n2. b", ["1. ", "2. "]),
        ("- a\n  - b\n- c", ["•  ", "   •  ", "•  "]),
    ],
)
def test_lists_have_bullets_numbers_and_depth(text: str, leads: list[str]):
    assert [block.lead for block in typeset(text)] == leads


def test_items_of_a_list_stand_close_and_the_list_apart():
    assert [block.gap for block in typeset("text\n\n- a\n- b\n\nafter")] == [1, 1, 0, 1]


def test_fenced_code_is_kept_as_it_is():
    (block,) = typeset("```python\nif x:\n    y = [1]  # *no*\n```")
    assert block.content.plain == "if x:\n    y = [1]  # *no*"
    assert not block.wrap
    assert ("py-keyword", "if") in roles(block)


def test_a_table_is_aligned():
    (block,) = typeset("| a | bb |\n|---|---|\n| ccc | d |")
    assert block.content.plain.split("\n") == ["a    bb", "ccc  d "]


def test_markup_of_the_screen_is_only_text():
    text = "[bold]x[/bold] [@click=app.quit]y[/]"
    (block,) = typeset(text)
    assert block.content.plain == text
    (code,) = code_block(text)
    assert code.content.plain == text
    assert plain(text).plain == text


def test_a_bar_goes_before_every_line_of_speech():
    assert {block.margin for block in with_margin(typeset("a\n\nb"), "▎ ", "em")} == {"▎ "}


@given(st.text(max_size=300))
def test_any_text_can_be_set(text: str):
    for block in typeset(text, "cue"):
        for line in block.content.wrap(30):
            assert line.cell_length <= 30
