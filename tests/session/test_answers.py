"""Predictions become assignments in the draft, whatever is typed and whatever stands there."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oz.session.answers import literal, nothing_said, set_answer, unanswered
from oz.spells.model import Question

FIRST, SECOND = Question("first", "What?"), Question("second", "And then?")


@pytest.mark.parametrize(
    ("typed", "source"),
    [
        ("3", "3"),
        (" 3 ", "3"),
        ("(3, 4)", "(3, 4)"),
        ("[1, 2]", "[1, 2]"),
        ("True", "True"),
        ("None", "None"),
        ("'x'", "'x'"),
        ("-0.5", "-0.5"),
        ("true", "'true'"),
        ("torch.Size([3])", "'torch.Size([3])'"),
        ("tensor([1,\n2])", "'tensor([1, 2])'"),
        ("it's", '"it\'s"'),
        ("", "None"),
        ("__import__('os')", "\"__import__('os')\""),
        ("(" * 5000, repr("(" * 5000)),
        ("\\", "'\\\\'"),
        ("3  # three", "3"),
    ],
)
def test_a_literal_stays_one_and_anything_else_is_text(typed: str, source: str) -> None:
    assert literal(typed) == source


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        ("", "first = 3\n"),
        ("# say\nfirst = ...\nsecond = ...\n", "# say\nfirst = 3\nsecond = ...\n"),
        ("first = (\n    1,\n    2,\n)\nsecond = 1\n", "first = 3\nsecond = 1\n"),
        ("first: int = 2\n", "first = 3\n"),
        ("first = ...  # your word\n", "first = 3  # your word\n"),
        ("é = 'ü'; first = ...; second = 2\n", "é = 'ü'; first = 3; second = 2\n"),
        ("first = 1\nfirst = 2\n", "first = 1\nfirst = 3\n"),
        ("second = 1", "second = 1\nfirst = 3\n"),
        ("this is no python (\nfirst = 9\n", "this is no python (\nfirst = 3\n"),
        ("this is no python (", "this is no python (\nfirst = 3\n"),
        ("first == 2 (\n", "first == 2 (\nfirst = 3\n"),
    ],
)
def test_the_assignment_is_replaced_or_added(draft: str, expected: str) -> None:
    assert set_answer(draft, "first", "3") == expected


def test_what_the_starter_says_is_no_answer() -> None:
    starter = "first = None\nsecond = ...\n"
    assert unanswered(starter, starter, (FIRST, SECOND)) == (FIRST, SECOND)
    draft = set_answer(starter, "second", "None")
    assert unanswered(draft, starter, (FIRST, SECOND)) == (FIRST,)
    assert unanswered("", starter, (FIRST, SECOND)) == (FIRST, SECOND)
    assert unanswered("first = 1 (\nsecond = 2\n", starter, (FIRST, SECOND)) == ()


@pytest.mark.parametrize(
    ("draft", "nothing"),
    [
        ("first = ...\nsecond = None\n", True),
        ("import torch\n\nfirst = ...  # ?\nsecond = ...\n", True),
        ("first = ...\nsecond = 2\n", False),
        ("first = ...\n", False),  # running it says what is missing
        ("while True:\n    pass\n", False),
        ("", False),
    ],
)
def test_a_draft_as_it_was_handed_out_says_nothing(draft: str, nothing: bool) -> None:
    assert nothing_said(draft, (FIRST, SECOND)) is nothing


@given(text=st.text(), draft=st.sampled_from(["", "first = ...\n", "first = (\n", "x = 1"]))
def test_any_answer_is_one_line_that_python_reads(text: str, draft: str) -> None:
    line = set_answer(draft, "first", text).strip("\n").split("\n")
    (statement,) = ast.parse(next(found for found in line if found.startswith("first"))).body
    assert isinstance(statement, ast.Assign)
    ast.literal_eval(statement.value)
