"""What a trial can ask of the player's source."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from oz.trial import CheckFailed
from oz.trial.subjects import Spell


def spell(source: str, **names: Any) -> Spell:
    return Spell(names, source)


CALLS = [
    ("import torch\ntorch.softmax(x, 1)", "torch.softmax", True),
    ("import torch as t\nt.softmax(x, 1)", "torch.softmax", True),
    ("from torch import softmax\nsoftmax(x, 1)", "torch.softmax", True),
    ("from torch import softmax as s\ns(x, 1)", "torch.softmax", True),
    ("import torch.nn.functional as F\nF.softmax(x, 1)", "torch.nn.functional.softmax", True),
    ("from torch.nn import functional as F\nF.softmax(x)", "torch.nn.functional.softmax", True),
    ("import torch\nf = torch.softmax\nf(x, 1)", "torch.softmax", True),
    ("import torch\ngetattr(torch, 'softmax')(x, 1)", "torch.softmax", True),
    ("import torch\nlist(map(torch.softmax, x))", "torch.softmax", True),
    ("import torch\nx.softmax(1)", "torch.softmax", False),
    ("import torch\nx.softmax(1)", "Tensor.softmax", True),
    ("import torch\ntorch.Tensor.softmax(x, 1)", "Tensor.softmax", True),
    ("import torch\nx.softmax(1)", "softmax", True),
    ("import torch\ntorch.softmax(x)", "softmax", True),
    ("import torch\ntorch.log_softmax(x)", "softmax", False),
    ("import torch\n'torch.softmax(x)' # torch.softmax(x)", "softmax", False),
    ("import torch\nisinstance(x, torch.Tensor)", "torch.Tensor", False),
    ("import torch\ndef f(x: torch.Tensor): ...", "torch.Tensor", False),
    ("import torch\ntorch.Tensor(3)", "torch.Tensor", True),
    ("import torch\n@torch.no_grad()\ndef f(): ...", "torch.no_grad", True),
    ("import torch\nwith torch.no_grad(): pass", "torch.no_grad", True),
    ("def lay(n): return lay(n - 1)", "lay", True),
    ("x = (", "softmax", False),
]


@pytest.mark.parametrize(("source", "name", "answer"), CALLS)
def test_calls(source: str, name: str, answer: bool) -> None:
    assert spell(source).calls(name) is answer


def test_calls_of_several_and_inside_one_function() -> None:
    source = (
        "import torch\ndef f(x):\n    return torch.exp(x)\ndef g(x):\n    return torch.sum(x)\n"
    )
    assert spell(source).calls("torch.softmax", "torch.exp")
    assert spell(source).calls("torch.exp", inside="f")
    assert not spell(source).calls("torch.exp", inside="g")
    assert not spell(source).calls("torch.exp", inside="h")


@pytest.mark.parametrize(
    "line",
    ["for i in x: pass", "while x: pass", "[i for i in x]", "{i for i in x}", "sum(i for i in x)"],
)
def test_loops(line: str) -> None:
    assert spell(line).has_loop()
    assert spell(f"def f():\n    {line}").has_loop(inside="f")
    assert not spell(f"def f():\n    {line}\ndef g(): pass").has_loop(inside="g")
    assert not spell("x = 'for i in x'").has_loop()


def test_literals() -> None:
    source = "import torch\na = (3, -4)\nb = torch.int64\nc = a\nd = torch.Size([2])\na = [1]"
    answers = spell(source, a=[1], c=3)
    assert answers.literal("a") == [1]
    assert answers.literal("b") is torch.int64
    assert answers.literal("d") == torch.Size([2])
    with pytest.raises(CheckFailed, match="asked for a plain value for `c`, yours `a`"):
        answers.literal("c")
    with pytest.raises(CheckFailed, match="does not define it"):
        answers.literal("e")


def test_names() -> None:
    found = spell("stone = 3\ndef f(): ...\nstone += 1\n", stone=4, tree="oak")
    assert found.stone == 4
    assert "stone" in found
    assert hasattr(found, "stone")
    assert not hasattr(found, "stones")
    assert getattr(found, "stones", 7) == 7
    assert found["tree"] == "oak"
    assert found.line_of("stone") == 3
    assert found.line_of("f") == 2
    assert found.line_of("g") is None
    with pytest.raises(CheckFailed, match=r"asked for `stones`.*: it defines `stone`"):
        _ = found.stones
