"""Predictions compared with what a program printed, in whichever way one types them."""

# ruff: noqa: E501 - the rows of a table stay on their lines

from __future__ import annotations

import json

import pytest

from oz.trial.review import run, says, tell

PRELUDE = "import torch; import torch.nn.functional as F; from torch import nn\n"


def printed(source: str) -> tuple[str, tuple[str, ...]]:
    text, _, kinds = run(PRELUDE + source)
    return text, kinds


SAME = [
    ("print(torch.arange(2, 8, 3))", ["tensor([2, 5])", "[2, 5]", "(2, 5)", "[2,5]", "`tensor([2,5])`"]),
    ("print(torch.zeros(2, 3).shape)", ["torch.Size([2, 3])", "(2, 3)", "[2, 3]", "2, 3"]),
    ("print(torch.tensor(3))", ["tensor(3)", "tensor( 3 )"]),
    ("print(torch.tensor(3).item())", ["3", "3.0", " 3 "]),
    ("print(True)", ["True", "true", "yes", "y"]),
    ("print(torch.tensor(True))", ["tensor(True)", "tensor(true)"]),
    ("print(torch.tensor([True, False]))", ["tensor([True, False])", "[True, False]"]),
    ("print(torch.float32)", ["torch.float32", "float32", "float", "'float32'"]),
    ("print(torch.ones(2, requires_grad=True))", ["tensor([1., 1.], requires_grad=True)", "[1, 1]"]),
    ("print(torch.ones(2, requires_grad=True).sum())", ["tensor(2., grad_fn=<SumBackward0>)", "tensor(2.)", "tensor(2)"]),
    ("print(1 / 3)", ["0.333", "0.3333333333333333", "1/3"][:2]),
    ("print((2, 3), torch.float32)", ["(2, 3) float32", "(2, 3), torch.float32", "[2,3] float"]),
    ("print(1)\nprint(2)", ["1; 2", "1;2", "1 2", "1, 2", "1 / 2", "1 | 2"]),
    ("print([1, 2])\nprint('a b')", ["[1, 2]; a b", "(1, 2) ; 'a b'"]),
    ("print(torch.zeros(2, 2))", ["tensor([[0., 0.], [0., 0.]])", "[[0, 0], [0, 0]]"]),
    ("print('nan', float('nan'))", ["nan nan"]),
    ("print(None)", ["None", "none"]),
    ("print('Ada')", ["Ada", "ada", "'Ada'", '"Ada"']),
    ("torch.ones(2) + torch.ones(3)", ["error", "RuntimeError", "runtimeerror", "it raises an error", "Exception", "RuntimeError: The size", "an error."]),
    ("[][1]", ["IndexError", "LookupError", "error"]),
]  # fmt: skip
OTHER = [
    ("print(torch.arange(2, 8, 3))", ["[2, 5, 8]", "2", "error", "", "tensor", "[2, 5"]),
    ("print(torch.tensor(3))", ["3", "4", "tensor(4)"]),
    ("print(torch.tensor(3).item())", ["tensor(3)", "4", "three"]),
    ("print(True)", ["no", "False", "1"]),
    ("print(1)\nprint(2)", ["1", "2; 1", "12", "1 2 3"]),
    ("print(torch.float32)", ["float64", "int"]),
    ("torch.ones(2) + torch.ones(3)", ["ValueError", "tensor([2., 2.])", "no", ""]),
    ("print('error')", ["RuntimeError", "nothing"]),
]


@pytest.mark.parametrize(("source", "answer"), [(s, a) for s, many in SAME for a in many])
def test_the_same_in_other_words(source, answer):
    assert says(answer, *printed(source))


@pytest.mark.parametrize(("source", "answer"), [(s, a) for s, many in OTHER for a in many])
def test_something_else(source, answer):
    assert not says(answer, *printed(source))


def test_a_value_without_its_tensor_is_nearly_right(capsys):
    tell(PRELUDE + "print(torch.tensor(3))", "3")
    said = json.loads(capsys.readouterr().out)
    assert said == {"printed": "tensor(3)\n", "error": "", "right": False, "nearly": True}


def test_a_program_that_leaves_is_an_error_like_any_other():
    assert run("raise SystemExit(3)")[1] == "SystemExit: 3"
    assert run("1 +")[1].startswith("SyntaxError")
    assert run("print('a')\n1 / 0")[:2] == ("a\n", "ZeroDivisionError: division by zero")
