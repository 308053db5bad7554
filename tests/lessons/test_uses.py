"""Which names of an API a program uses, and whose an attribute is."""

from __future__ import annotations

import ast

import pytest

from oz.campaign.uses import is_meant, used, uses, whole

ROOTS = {"torch", "numpy", "gymnasium"}
KNOWN = (
    "torch.arange",
    "torch.Tensor.sum",
    "torch.Tensor.to",
    "torch.distributed",
    "torch.nn.Module",
    "torch.nn.Module.to",
    "torch.nn.Module.state_dict",
    "torch.nn.Module.named_modules",
    "torch.optim.Optimizer.step",
    "torch.optim.Optimizer.state_dict",
    "torch.optim.lr_scheduler.LRScheduler.state_dict",
    "gymnasium.Env.step",
    "numpy.percentile",
)


def lines(name: str, program: str) -> list[int]:
    """The lines of `program` on which `name` is used."""
    found = uses(ast.parse(program), ROOTS)
    return [use.line for use in found if use.how != "imported" and is_meant(name, use, KNOWN)]


@pytest.mark.parametrize(
    ("name", "program"),
    [
        ("torch.arange", "import torch\nx = torch.arange(3)"),
        ("torch.arange", "import torch as t\nx = t.arange(3)"),
        ("torch.arange", "from torch import arange\nx = arange(3)"),
        ("torch.Tensor.sum", "import torch\nx = torch.sum(y)"),
        ("torch.Tensor.sum", "import torch\nx = y.sum()"),
        ("torch.Tensor.to", "import torch\nx = y.to('cpu')"),
        ("torch.nn.Module.to", "from torch import nn\nx = nn.Linear(1, 1); x.to('cpu')"),
        ("torch.nn.Module.to", "import torch\nmodel.to('cpu')"),
        ("torch.nn.Module.named_modules", "import torch\nx.named_modules()"),
        ("torch.nn.Module.state_dict", "from torch import nn\ndef f(x: nn.Module): x.state_dict()"),
        ("torch.optim.Optimizer.step", "import torch\noptimizer.step()"),
        ("torch.optim.Optimizer.step", "import torch\nx = torch.optim.SGD(y); x.step()"),
        ("torch.optim.Optimizer.state_dict", "import torch\noptimizer.state_dict()"),
        ("gymnasium.Env.step", "import gymnasium\nenv.step(0)"),
        ("numpy.percentile", "import numpy as np\nnp.percentile(x, 5)"),
        ("torch.distributed", "import torch.distributed as dist\ndist.barrier()"),
    ],
)
def test_a_use_is_found(name: str, program: str) -> None:
    assert lines(name, program) == [2]


@pytest.mark.parametrize(
    ("name", "program"),
    [
        ("torch.nn.Module.to", "import torch\nx.to('cpu')"),
        ("torch.Tensor.to", "import torch\nmodel.to('cpu')"),
        ("torch.nn.Module.state_dict", "import torch\nx.state_dict()"),
        ("torch.optim.Optimizer.step", "import torch\nx.step()"),
        ("torch.optim.Optimizer.state_dict", "import torch\nscheduler.state_dict()"),
        ("torch.arange", "from numpy import arange\nx = arange(3)"),
    ],
)
def test_what_is_no_use_is_not_taken_for_one(name: str, program: str) -> None:
    assert lines(name, program) == []


def test_a_class_of_ones_own_is_what_it_is_made_from() -> None:
    program = (
        "from torch import nn\n"
        "class Owl(nn.Module):\n"
        "    def eyes(self): return self.state_dict()\n"
        "owl = Owl()\n"
        "owl.state_dict()\n"
    )
    assert lines("torch.nn.Module.state_dict", program) == [3, 5]
    assert lines("torch.nn.Module", program)[0] == 2


def test_the_check_of_what_was_taught_hears_of_torch_alone() -> None:
    program = "import numpy as np\nfrom torch import nn\nx = nn.Linear(1, 1).to('cpu')\nnp.sum(x)"
    assert list(used(ast.parse(program))) == [
        ("torch.nn", 2),
        ("torch.Tensor.to", 3),
        ("torch.nn.Linear", 3),
        ("torch.Tensor.sum", 4),
    ]


def test_a_tensors_name_is_whole_from_the_root() -> None:
    assert whole("Tensor.view") == "torch.Tensor.view"
    assert whole("gymnasium.make") == "gymnasium.make"
