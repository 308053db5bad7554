"""What is done to the code at the desk by word and key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oz.tui import finding
from tests.tui.test_desk import SPELL, editor_of

WIDE = (120, 40)


async def test_find_goes_from_place_to_place_and_round(playing):
    async with playing(size=WIDE) as game:
        await game.open_desk()
        editor = editor_of(game)
        await game.type("find stones")
        await game.until_text("1 of 4: 'stones'")
        assert editor.selected_text == "stones"
        assert editor.has_focus
        await game.pilot.press("ctrl+n")
        await game.until_text("2 of 4: 'stones'")
        for number in (3, 4, 1):
            await game.type("next")
            await game.until_text(f"{number} of 4: 'stones'")


async def test_ctrl_f_asks_on_the_command_line(playing):
    async with playing(size=WIDE) as game:
        await game.open_desk()
        await game.pilot.press("f3", "ctrl+f", *"torch", "enter")
        await game.until_text("1 of 2: 'torch'")
        assert editor_of(game).selected_text == "torch"


async def test_what_is_not_there_is_said(playing):
    async with playing() as game:
        await game.open_desk()
        await game.type("find xyzzy")
        await game.until_text("The code has no 'xyzzy'.")
        await game.type("replace xyzzy with y")
        await game.until_text("The code has no 'xyzzy'.")
        await game.type("replace xyzzy")
        await game.until_text("Type it as: replace A with B")


async def test_replace_is_one_change_that_can_be_undone(playing):
    async with playing(size=WIDE) as game:
        await game.open_desk()
        before = editor_of(game).text
        await game.type("replace stones with 'the pebbles'")
        await game.until_text("Replaced in 4 places.")
        assert "the pebbles = torch.zeros(7)" in editor_of(game).text
        await game.type("undo")
        await game.until(lambda: editor_of(game).text == before)
        await game.until(lambda: game.session.drafts[SPELL] == before)  # saved a moment later


@pytest.mark.parametrize("how", ["alt+d", "duplicate"])
async def test_a_line_is_copied_below(playing, how):
    async with playing(size=WIDE) as game:
        await game.open_desk()
        await game.pilot.press("f3")
        await (game.type(how) if how == "duplicate" else game.pilot.press(how))
        await game.until(
            lambda: editor_of(game).text.startswith("import torch\nimport torch\n\n# Seven")
        )
        assert editor_of(game).cursor_location == (1, 0)


async def test_lines_are_carried_by_word_too(playing):
    async with playing(size=WIDE) as game:
        await game.open_desk()
        await game.type("move down")
        await game.until(lambda: editor_of(game).text.startswith("\nimport torch\n"))
        await game.type("move up")
        await game.until(lambda: editor_of(game).text.startswith("import torch\n\n"))


async def test_where_nothing_is_edited_it_is_said(playing):
    async with playing() as game:
        await game.open_desk("two-pebbles")
        await game.type("find x")
        await game.until_text("There is no code to be edited here.")


# --- finding itself -----------------------------------------------------------------------------


def test_capitals_count_where_they_are_typed():
    text = "loss Loss\nLOSS"
    assert finding.places(text, "loss") == [(0, 0), (0, 5), (1, 0)]
    assert finding.places(text, "Loss") == [(0, 5)]
    assert finding.places(text, "") == []


def test_after_the_last_place_comes_the_first():
    found = [(0, 3), (2, 1)]
    assert [finding.following(found, at) for at in ((0, 0), (0, 3), (2, 1))] == [0, 1, 0]
    assert finding.following([], (0, 0)) is None


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("a with b", ("a", "b")),
        ("'a b' with \"c with d\"", ("a b", "c with d")),
        ("a with", ("a", "")),
        ("a", None),
        (" with b", None),
    ],
)
def test_what_is_to_be_replaced(typed, asked):
    assert finding.asked(typed) == asked


@given(st.text(max_size=40), st.text(max_size=5), st.text(max_size=5))
def test_any_text_can_be_searched(text, wanted, instead):
    places = finding.places(text, wanted)
    told, count = finding.replaced(text, wanted, instead)
    if "\n" not in wanted:
        assert count == len(places)
    assert (told == text) or count
