"""Pictures in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oz.crucible.model import Graph, GraphNode, Layer, Namespace, Picture, Started, TensorSeen
from oz.plain.pictures import COLUMNS, ROWS, described, letters, summary
from oz.plain.remnants import Remnants


def grey(name: str, rows: list[list[int]]) -> Picture:
    return Picture(name, len(rows[0]), len(rows), 1, bytes(v for row in rows for v in row))


STRIPE = grey("stripe", [[0, 255, 0]] * 6)


def test_a_picture_is_told_in_a_line() -> None:
    assert summary(STRIPE) == ("3 by 6, grey, darkest 0, brightest 255 of 255, mostly dark")
    assert summary(grey("night", [[0, 0], [0, 0]])) == "2 by 2, grey, all of it black"
    red = Picture("red", 1, 1, 3, bytes((255, 0, 0)))
    assert summary(red) == "1 by 1, in colour, all of it dark"


def test_more_is_told_to_who_asks() -> None:
    assert described(STRIPE) == (
        "*stripe*: 3 by 6, grey, darkest 0, brightest 255 of 255, mostly dark.\n\n"
        "The top is black on the left, white in the middle, black on the right; the middle is "
        "black on the left, white in the middle, black on the right; the bottom is black on the "
        "left, white in the middle, black on the right.\n\n"
        "From black, a blank, to white, an `@`:\n\n```\n" + "\n".join([" @ "] * 6) + "\n```"
    )


@given(
    width=st.integers(1, 90),
    height=st.integers(1, 90),
    channels=st.sampled_from([1, 3]),
    value=st.integers(0, 255),
)
def test_any_picture_fits_a_page(width: int, height: int, channels: int, value: int) -> None:
    picture = Picture("any", width, height, channels, bytes([value]) * width * height * channels)
    lines = letters(picture)
    assert len(lines) <= ROWS
    assert {len(line) for line in lines} <= set(range(1, COLUMNS + 1))
    assert described(picture)


@pytest.mark.parametrize("line", ["describe", "describe it", "describe stripe", "DESCRIBE  Stripe",
                                  "describe the picture", "describe picture stripe"])  # fmt: skip
def test_describe_means_the_last_picture_or_the_one_that_is_named(line: str) -> None:
    remnants = Remnants()
    assert remnants.answer("describe") == "There is no picture yet to be described."
    remnants.take(grey("other", [[7]]))
    remnants.take(STRIPE)
    assert (remnants.answer(line) or "").startswith("*stripe*")
    assert (remnants.answer("describe other") or "").startswith("*other*")


def test_what_is_no_picture_is_left_to_the_story() -> None:
    remnants = Remnants()
    remnants.take(STRIPE)
    assert remnants.answer("describe toto") is None
    assert remnants.answer("look") is None


def test_layers_and_graph_are_told_in_lines() -> None:
    remnants = Remnants()
    assert "no module" in (remnants.answer("layers") or "")
    assert "no tensor" in (remnants.answer("graph") or "")
    model = TensorSeen(
        "model",
        "module",
        layers=(
            Layer("", "Sequential", 15, 15),
            Layer("0", "Linear", 15, 12, (8, 3), "in_features=4, out_features=3"),
        ),
    )
    nodes = (
        GraphNode("AddBackward0", (1, 1), (2,)),
        GraphNode("MulBackward0", (2,), (2,)),
        GraphNode("AccumulateGrad", (), (2,), "w"),
    )
    remnants.take(Namespace((model,)))
    remnants.take(Graph("loss", nodes, more=True))
    assert remnants.answer("layers") == (
        "```\nmodel  Sequential · 15 parameters\n"
        "  0  Linear · 15 parameters, 3 of them frozen · gives (8, 3) · in_features=4, "
        "out_features=3\n```"
    )
    assert remnants.answer("Graph") == (
        "```\nloss  was made by\n  AddBackward0  (2,)\n    MulBackward0  (2,)\n"
        "      w  leaf (2,)\n    MulBackward0  (2,) as above\n  …  the graph goes on\n```"
    )
    remnants.take(Started(1))
    assert "no module" in (remnants.answer("layers") or "")


@pytest.mark.parametrize("line", ["describe curve", "describe the curve", "Describe training"])
def test_the_curve_of_the_last_training_can_be_described(line: str) -> None:
    remnants = Remnants()
    assert remnants.answer(line) is None  # the story may know a curve
    remnants.curve = "The loss began at 2 and ended at 1."
    assert remnants.answer(line) == "The loss began at 2 and ended at 1."
