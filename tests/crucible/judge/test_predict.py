"""A prediction may be written in any of the usual ways, and must be a plain value."""

from __future__ import annotations

import ast
from typing import Any

import pytest
import torch

from oz.trial import CheckFailed, predicted
from oz.trial.predict import misspelled, not_plain

ALIKE: list[tuple[Any, Any]] = [
    *[(a, "torch.Size([3, 4])") for a in ((3, 4), "(3, 4)", torch.Size([3, 4]), [3, 4], "3, 4")],
    *[((3, 4), t) for t in ((3, 4), torch.Size([3, 4]), "(3, 4)", "[3, 4]")],
    ((), "torch.Size([])"),
    (3, "3"),
    (3, 3.0),
    ("3", 3),
    (3.0, "3"),
    (0.3333, "0.33333334"),
    (torch.int64, "torch.int64"),
    ("int64", "torch.int64"),
    ("torch.int64", "torch.int64"),
    (torch.int64, torch.int64),
    (torch.bool, "torch.bool"),
    (True, "True"),
    ("true", "True"),
    ([1, 2], "tensor([1, 2])"),
    ("tensor([1, 2])", "tensor([1, 2])"),
    ([1.0, 2.0], "tensor([1., 2.])"),
    ([0.5], "tensor([0.5000], dtype=torch.float64)"),
    (([[1, 2], [3, 4]]), "tensor([[1, 2],\n        [3, 4]])"),
    (4, "tensor(4, dtype=torch.uint8)"),
    (4, torch.tensor(4)),
    (float("nan"), "nan"),
    ("nan", "tensor(nan)"),
    (float("inf"), "inf"),
    ("inf", "tensor(inf)"),
    (RuntimeError, "RuntimeError"),
    ("RuntimeError", "RuntimeError"),
    ("runtime error".replace(" ", ""), RuntimeError),
    ("cpu", torch.device("cpu")),
    (None, "None"),
    ("Seven  stones", "seven stones"),
]
OTHER: list[tuple[Any, Any]] = [
    ((4, 3), "torch.Size([3, 4])"),
    ((3,), "torch.Size([3, 4])"),
    (3, "torch.Size([3])"),
    (True, "1"),
    (1, "True"),
    (0.3, "0.3333"),
    (2**60 + 1, 2**60),
    (torch.int32, "torch.int64"),
    ("int", "torch.float32"),
    ([1, 3], "tensor([1, 2])"),
    ([], "tensor([1, 2])"),
    (None, "0"),
    ("", "RuntimeError"),
    (float("nan"), "1.0"),
    (1.0, "nan"),
    (ValueError, "RuntimeError"),
]


@pytest.mark.parametrize(("answer", "truth"), ALIKE, ids=repr)
def test_the_same_answer(answer: Any, truth: Any) -> None:
    predicted(answer, truth)


@pytest.mark.parametrize(("answer", "truth"), OTHER, ids=repr)
def test_another_answer(answer: Any, truth: Any) -> None:
    with pytest.raises(CheckFailed):
        predicted(answer, truth)


def test_the_answer_is_not_given_away() -> None:
    with pytest.raises(CheckFailed) as failed:
        predicted((4, 3), "torch.Size([3, 4])", "first", mistakes={"rows": lambda a: a == (4, 3)})
    assert failed.value.message == "**first**: you said `(4, 3)`, the program says otherwise"
    assert failed.value.mistake == "rows"
    with pytest.raises(CheckFailed, match=r"the program says `7`"):
        predicted(6, "7", reveal=True)


@pytest.mark.parametrize("answer", [..., None])
def test_what_was_not_answered_is_said_so(answer: Any) -> None:
    with pytest.raises(CheckFailed) as failed:
        predicted(answer, "7", "kept", mistakes={"not-yet": lambda a: a is None or a is ...})
    assert failed.value.message == "**kept**: nothing is answered here yet"
    assert failed.value.mistake == "not-yet"


@pytest.mark.parametrize(
    "line",
    [
        "a = 3",
        "a = -3.5",
        "a = 'text'",
        "a = (3, 4)",
        "a = [[1, 2], [3, -4]]",
        "a = torch.float32",
        "a = torch.Size([3, 4])",
        "a = None",
        "a = True",
        "a: int = 3",
        "a = b = 3",
        "a = RuntimeError",
        "a = float('nan')",
        "import torch",
        "'''what it is about'''",
        "a = ...",
        "...",
    ],
)
def test_plain(line: str) -> None:
    assert not_plain(ast.parse(line)) is None


@pytest.mark.parametrize(
    "line",
    [
        "a = torch.arange(7).shape",
        "a = 3 + 4",
        "a = len([1])",
        "a = [x for x in (1, 2)]",
        "a = torch.ones",
        "a = (3, f())",
        "a = f'{3}'",
        "a = lambda: 3",
        "a.b = 3",
        "a[0] = 3",
        "for i in range(3): pass",
        "def f(): pass",
        "print(3)",
        "exec('a = 3')",
        "a += 1",
        "if True: a = 3",
        "a = open",
        "(a := 3)",
        "x = 1\nx()",
    ],
)
def test_not_plain(line: str) -> None:
    assert not_plain(ast.parse(line))


@pytest.mark.parametrize(
    "answer", ["[0 1 90]", "[[0, 1] [2, 3]]", "[1 -2]", "(3 4)", "torch.Size([3 4])"]
)
def test_a_list_without_commas_is_no_answer_and_none_that_is_wrong(answer: str) -> None:
    with pytest.raises(CheckFailed) as failed:
        predicted(answer, "[0, 1, 90]", "hat", mistakes={"any": True})
    said = "**hat**: that is not Python: a list has commas"
    assert failed.value.message == f"{said}: `{answer}`"
    assert failed.value.mistake is None
    assert misspelled(ast.parse(f"a = 3\nhat = {answer!r}")) == (
        "hat",
        "that is not Python: a list has commas",
    )


def test_a_bracket_left_open_is_no_python() -> None:
    with pytest.raises(CheckFailed, match="a bracket is missing"):
        predicted("[0, 1", "[0, 1]", "hat")


@pytest.mark.parametrize(
    "answer",
    ["[0, 1]", "(a, b)", "seven stones", "RuntimeError", "(no grad)", "[3 - x]", "[nan, 1]"],
)
def test_another_text_is_as_it_is(answer: str) -> None:
    assert misspelled(ast.parse(f"hat = {answer!r}")) is None


def test_what_is_printed_without_commas_is_still_alike() -> None:
    predicted("[0 1 2]", "[0 1 2]")
