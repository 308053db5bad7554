"""How shapes broadcast, held against torch, and how that is drawn and said."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from oz.crucible.broadcasting import drawn, in_words, result, shape_of, squares

shapes = st.lists(st.sampled_from([0, 1, 1, 2, 3]), max_size=4).map(tuple)


@settings(deadline=None)
@given(st.lists(shapes, min_size=1, max_size=4))
def test_it_is_what_torch_does(several: list[tuple[int, ...]]) -> None:
    try:
        there = tuple(torch.broadcast_shapes(*several))
    except RuntimeError:
        there = None
    ours = result(several)
    assert (None if isinstance(ours, str) else ours) == there
    named = dict(zip("abcd", several, strict=False))
    assert in_words(named)
    assert all(line == line.rstrip() for line in (*drawn(named), *squares(named)))


def test_shapes_are_laid_under_one_another_from_the_right() -> None:
    assert drawn({"rows": (3, 1), "b": (4,)}) == [
        "dim       -2  -1",
        "rows       3   1",
        "b              4",
        "together   3   4",
    ]


def test_squares_show_what_is_read_again() -> None:
    assert squares({"a": (3, 1), "b": (4,)}) == [
        "a (3, 1)    b (4,)",
        "# . . .     # # # #",
        "# . . .     . . . .",
        "# . . .     . . . .",
    ]
    assert squares({"a": (2, 3, 4), "b": (4,)}) == []
    assert squares({"a": (300,), "b": (1,)}) == []


def test_what_happens_is_said() -> None:
    assert in_words({"a": (3, 1), "b": (4,)}) == (
        "Together they have the shape (3, 4). a (3, 1) is repeated along -1 (4 times). "
        "b (4,) gets 1 new dimension in front and is repeated along -2 (3 times)."
    )
    assert in_words({"a": (3,), "b": (4,)}) == (
        "They do not broadcast: counted from the right, at dimension -1, 3 and 4 meet, and none "
        "of them is 1."
    )


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("(3, 1)", (3, 1)), ("3,1", (3, 1)), ("[3, 1]", (3, 1)), ("3x1", (3, 1)), ("(4,)", (4,)),
        ("4", (4,)), ("()", ()), ("weight", None), ("3.5", None), ("", None), ("-1", None),
        ("9999999999", None),
    ],
)  # fmt: skip
def test_shapes_are_read_however_they_are_written(text: str, shape: tuple[int, ...] | None) -> None:
    assert shape_of(text) == shape
