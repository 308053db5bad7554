"""Looking at what a run left behind: tensors, layers, the graph, pictures."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oz.crucible import trees
from oz.crucible.model import Graph, GraphNode, TensorSeen
from oz.tui import matrices
from oz.tui.pixels import ask_terminal, may_have_pixels, version
from oz.tui.typeset import Look
from tests.tui import left
from tests.tui.conftest import SIZES
from tests.tui.fake import failing

SPELL = "munchkins/first-stones"


async def run_and_look(game, word: str, *things: object) -> None:
    """Run a program that leaves `things` behind, and type `word`."""
    told = failing(SPELL)
    left_behind = things or (left.NAMESPACE, left.GRAPH, left.FILTERS)
    game.session.casts.append([[*told[:2], *left_behind, *told[2:]]])
    await game.open_desk()
    await game.pilot.press("f5")
    await game.until_text("✗ Not yet.")
    await game.until_text("1 attempt ·")
    await game.type(word)
    await game.until(lambda: type(game.app.screen).__name__ == "LookingScreen", "the page")
    await game.pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_every_pane_is_reached_by_word_and_key(playing, size):
    async with playing(size=size) as game:
        await run_and_look(game, "tensors")
        await game.until_text("strides (12, 1): in order, row by row")
        await game.pilot.press("down")
        await game.until_text("strides (1, 3): not contiguous")
        assert "Where each value lies in its storage:" in game.text
        await game.pilot.press("down")
        await game.until_text("1 not finite, 1 of them NaN")
        await game.pilot.press("f3")
        await game.until_text("2,410 parameters, 64 of them frozen")
        await game.pilot.press("f4")
        await game.until_text("NllLossBackward0")
        await game.pilot.press("f5")
        await game.until_text("filters 11×3")
        await game.pilot.press("escape")
        await game.until_text("✗ Not yet.")


@pytest.mark.parametrize(
    ("word", "shows"),
    [("layers", "gives (32, 32)"), ("graph", "loss  was made by"), ("pictures", "filters 11×3")],
)
async def test_each_word_of_the_desk_opens_its_pane(playing, word, shows):
    async with playing() as game:
        await run_and_look(game, word)
        await game.until_text(shows)


async def test_a_tree_can_be_opened_and_closed(playing):
    async with playing() as game:
        await run_and_look(game, "graph")
        await game.until_text("F6 Open all")
        assert "model.2.0.bias" not in game.text
        await game.pilot.press("f6")
        await game.until_text("model.2.0.bias  leaf (10,)")
        await game.pilot.press("f6")
        await game.until(lambda: "model.2.0.bias" not in game.text)
        await game.pilot.press("home", "down", "enter", "down", "enter")
        await game.until_text("model.2.0.bias  leaf (10,)")


async def test_what_is_not_there_is_said(playing):
    async with playing() as game:
        await run_and_look(game, "tensors", left.FILTERS)
        await game.until_text("No tensor has a name of its own")
        for key, said in (("f3", "There is no module"), ("f4", "No tensor that was left")):
            await game.pilot.press(key)
            await game.until_text(said)


async def test_before_a_run_there_is_nothing_to_look_at(playing):
    async with playing() as game:
        await game.open_desk()
        await game.type("graph")
        await game.until_text("There is nothing to look at yet.")


# --- heat-maps and trees ------------------------------------------------------------------------


def test_a_value_has_its_sign_in_colour_and_its_size_in_letters():
    seen = TensorSeen("t", "tensor", (1, 4), preview=((-2.0, 0.0, 1.0, math.nan),))
    assert matrices.heat_map(seen, 40, Look()).plain == "-   + ‼ \nup to ±2"
    letters = matrices.heat_map(seen, 40, Look(letters=True)).plain
    assert letters == "-9 0+4! \n+ and - with a digit up to 9 for 2"


def test_only_as_many_columns_as_there_is_room_for():
    seen = TensorSeen("t", "tensor", (6, 12), preview=left.STRIPES)
    lines = matrices.heat_map(seen, 10, Look()).plain.split("\n")
    assert {len(line) for line in lines[:-1]} == {10}
    assert lines[-1] == "up to ±0.999 · the first 30 of 72 values"


@pytest.mark.parametrize(
    ("shape", "strides", "places"),
    [
        ((2, 3), (3, 1), []),
        ((2, 3), (1, 2), ["0 2 4", "1 3 5"]),
        ((2, 3), (0, 1), ["0 1 2", "0 1 2"]),
        ((3,), (1,), []),
        ((2, 30), (1, 2), []),
        ((0, 3), (1, 2), []),
    ],
)
def test_the_order_in_storage_is_drawn_where_it_is_not_the_usual(shape, strides, places):
    assert matrices.storage(TensorSeen("t", "tensor", shape, strides=strides)) == places


@given(st.lists(st.lists(st.integers(0, 30), max_size=4).map(tuple), min_size=1, max_size=31))
def test_any_graph_becomes_a_tree_that_ends(inputs):
    nodes = tuple(GraphNode(f"Op{n}", below) for n, below in enumerate(inputs))
    lines = trees.lines(trees.graph(Graph("loss", nodes)))
    assert lines[0] == "loss  was made by"
    assert len(lines) <= 61


def test_a_very_long_chain_is_cut():
    nodes = tuple(GraphNode("Add", (n + 1,)) for n in range(159))
    lines = trees.lines(trees.graph(Graph("loss", (*nodes, GraphNode("End")))))
    assert lines[-1].strip() == "Add  and so on"


@pytest.mark.filterwarnings("ignore:Image.Image.getdata:DeprecationWarning")  # textual_image's own
async def test_pictures_are_drawn_by_the_terminals_own_pixels_where_it_has_them(playing):
    from textual_image.widget import HalfcellImage as Image  # draws in any terminal, as the others

    async with playing(size=(120, 40)) as game:
        game.app.draw_pixels(Image)
        await run_and_look(game, "pictures")
        await game.until_text("filters 11×3")
        assert len(game.app.screen.query(Image)) == 1
        await game.pilot.press("escape")
        await game.until_text("✗ Not yet.")
        game.app.choose("drawings", "blocks")
        await game.type("pictures")
        await game.until_text("filters 11×3")
        assert not game.app.screen.query(Image)


@pytest.mark.parametrize(
    ("env", "may"),
    [
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, True),
        ({"TERM": "xterm-256color", "XTERM_VERSION": "XTerm(390)"}, True),
        ({"TERM": "foot"}, True),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "linux"}, False),
        ({"TERM": "tmux-256color", "TERM_PROGRAM": "WezTerm", "TMUX": "/tmp/t"}, False),
        ({}, False),
    ],
)
def test_only_a_terminal_that_may_have_pixels_is_asked(env, may):
    assert may_have_pixels(env) is may


def test_an_old_kitty_is_known_by_its_version():
    assert version("kitty 0.26.5 created by somebody") == (0, 26, 5) < (0, 28)
    assert version("kitty 0.41.0") > (0, 28)
    assert version("") == ()


def test_what_is_no_terminal_is_not_asked():
    assert ask_terminal() is None
