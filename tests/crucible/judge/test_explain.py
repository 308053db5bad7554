"""Common errors get plain words: each is really provoked, and the installed torch's own text matched."""

# ruff: noqa: E501 - the programs stand on one line each

from __future__ import annotations

import io
import sys
import warnings
from pathlib import Path

import pytest

from oz.crucible.child.errors import error_page
from oz.crucible.child.explain import explain, explanations, which
from oz.crucible.model import ErrorPage

PROVOKED: dict[str, str] = {
    # shapes
    "matmul-shapes": "torch.ones(2, 3) @ torch.ones(4, 5)",
    "matmul-vectors": "torch.ones(2, 3) @ torch.ones(4)",
    "dot-sizes": "torch.dot(torch.ones(3), torch.ones(4))",
    "batch-matmul": "torch.bmm(torch.ones(2, 3, 4), torch.ones(3, 4, 5))",
    "broadcast": "torch.ones(2, 4) + torch.ones(2, 3)",
    "reshape": "torch.arange(7).reshape(2, 3)",
    "view-strides": "torch.ones(2, 3).t().view(6)",
    "cat-sizes": "torch.cat([torch.ones(2, 3), torch.ones(2, 4)])",
    "stack-sizes": "torch.stack([torch.ones(2), torch.ones(3)])",
    "expand": "torch.ones(3).expand(2, 4)",
    "conv-channels": "torch.nn.Conv2d(3, 8, 3)(torch.ones(1, 1, 8, 8))",
    "conv-dimensions": "torch.nn.Conv2d(3, 8, 3)(torch.ones(8, 8))",
    "kernel-too-big": "torch.nn.Conv2d(1, 1, 5)(torch.ones(1, 1, 3, 3))",
    "dimension-range": "torch.ones(3).sum(dim=2)",
    "batch-sizes": "torch.nn.functional.cross_entropy(torch.ones(4, 3), torch.ones(5, dtype=torch.long))",
    "ragged": "torch.tensor([[1, 2], [3]])",
    "permute": "torch.ones(2, 3).permute(0, 2, 1)",
    "batchnorm-features": "torch.nn.BatchNorm1d(4)(torch.ones(2, 3))",
    "layernorm-shape": "torch.nn.LayerNorm(4)(torch.ones(2, 3))",
    "rnn-input": "torch.nn.RNN(3, 4)(torch.ones(5, 2, 7))",
    "mask-shape": "torch.ones(3)[torch.tensor([True, False])]",
    "einsum": "torch.einsum('ij,jk->ik', torch.ones(2, 3), torch.ones(4, 5))",
    "too-many-indices": "torch.ones(3)[0, 0]",
    "zero-dim-index": "torch.tensor(3.0)[0]",
    # types
    "matmul-dtype": "torch.ones(2, 2) @ torch.ones(2, 2, dtype=torch.long)",
    "linear-dtype": "torch.nn.Linear(2, 2)(torch.ones(1, 2, dtype=torch.float64))",
    "mean-dtype": "torch.arange(3).mean()",
    "grad-needs-float": "torch.tensor([1, 2], requires_grad=True)",
    "result-cast": "x = torch.arange(3)\nx += 0.5",
    "loss-target-dtype": ("torch.nn.functional.cross_entropy(torch.ones(2, 3), torch.ones(2))"),
    "target-range": "torch.nn.functional.cross_entropy(torch.ones(2, 3), torch.tensor([0, 3]))",
    "index-dtype": "torch.ones(3)[torch.tensor([0.5])]",
    "index-range": "torch.ones(3)[5]",
    "embedding-range": "torch.nn.Embedding(3, 2)(torch.tensor([3]))",
    "argument-dtype": "torch.nn.Embedding(3, 2)(torch.tensor([1.0]))",
    "bool-of-many": "bool(torch.ones(3) > 0)",
    "tensor-of-tensors": "torch.tensor([torch.ones(3), torch.ones(3)])",
    "item-of-many": "torch.ones(3).item()",
    "bool-minus": "torch.tensor([True]) - torch.tensor([True])",
    "gather-dtype": "torch.gather(torch.ones(3), 0, torch.tensor([0.0]))",
    "not-implemented-dtype": "torch.nn.functional.softmax(torch.arange(3), dim=0)",
    # autograd
    "backward-twice": (
        "w = torch.ones(1, requires_grad=True)\ny = (w * w).sum()\ny.backward()\ny.backward()"
    ),
    "backward-not-scalar": "torch.ones(3, requires_grad=True).mul(2).backward()",
    "no-grad-fn": "torch.ones(1).backward()",
    "leaf-inplace": "w = torch.ones(2, requires_grad=True)\nw += 1",
    "leaf-view-inplace": "w = torch.ones(2, requires_grad=True)\nw[0] = 1",
    "saved-modified": (
        "w = torch.ones(2, requires_grad=True)\nx = w.exp()\nx += 1\nx.sum().backward()"
    ),
    "numpy-needs-detach": "torch.ones(2, requires_grad=True).numpy()",
    "non-leaf-deepcopy": (
        "import copy\nw = torch.ones(2, requires_grad=True)\ncopy.deepcopy(w * 2)"
    ),
    "grad-unused": (
        "a = torch.ones(1, requires_grad=True)\nb = torch.ones(1, requires_grad=True)\n"
        "torch.autograd.grad((a * 2).sum(), b)"
    ),
    "inference-tensor": (
        "with torch.inference_mode():\n    x = torch.ones(2)\n"
        "w = torch.ones(2, requires_grad=True)\n(w * x).sum().backward()"
    ),
    "overlapping-write": "torch.ones(1).expand(3).add_(1)",
    "function-gradients": (
        "class F(torch.autograd.Function):\n"
        "    @staticmethod\n    def forward(ctx, a, b):\n        return a * b\n"
        "    @staticmethod\n    def backward(ctx, g):\n        return g\n"
        "a = torch.ones(1, requires_grad=True)\nF.apply(a, a.clone()).backward()"
    ),
    "gradcheck": (
        "class F(torch.autograd.Function):\n"
        "    @staticmethod\n    def forward(ctx, a):\n        return a * a\n"
        "    @staticmethod\n    def backward(ctx, g):\n        return g\n"
        "torch.autograd.gradcheck(F.apply, torch.ones(1, dtype=torch.double, requires_grad=True))"
    ),
    # modules and training
    "module-init": (
        "class M(torch.nn.Module):\n    def __init__(self):\n        self.a = torch.nn.Linear(1, 1)\nM()"
    ),
    "empty-parameters": "torch.optim.SGD([], lr=0.1)",
    "optimizer-one-tensor": "torch.optim.SGD(torch.ones(2, requires_grad=True), lr=0.1)",
    "optimizer-non-leaf": ("torch.optim.SGD([torch.ones(2, requires_grad=True) * 2], lr=0.1)"),
    "forward-missing": "class M(torch.nn.Module):\n    pass\nM()(1)",
    "module-attribute": "torch.nn.Linear(1, 1).weigth",
    "linear-argument": "torch.nn.Linear(1, 1)(3)",
    "clip-nonfinite": (
        "w = torch.ones(1, requires_grad=True)\nw.grad = torch.tensor([float('inf')])\n"
        "torch.nn.utils.clip_grad_norm_([w], 1.0, error_if_nonfinite=True)"
    ),
    "attempt-unscale": (
        "w = torch.ones(1, dtype=torch.float16, requires_grad=True)\nw.grad = torch.ones_like(w)\n"
        "scaler = torch.amp.GradScaler('cpu')\nscaler.scale(torch.ones(1))\n"
        "scaler.unscale_(torch.optim.SGD([w], lr=0.1))"
    ),
    "state-dict": "torch.nn.Linear(2, 2).load_state_dict(torch.nn.Linear(3, 2).state_dict())",
    "state-dict-keys": "torch.nn.Linear(2, 2).load_state_dict({})",
    "batchnorm-one": "torch.nn.BatchNorm1d(3)(torch.ones(1, 3))",
    "weights-only": (
        "import io, collections\nb = io.BytesIO()\nclass A: pass\n"
        "import sys\nsys.modules['__main__'].A = A\nA.__module__ = '__main__'\n"
        "torch.save(A(), b)\nb.seek(0)\ntorch.load(b)"
    ),
    # data
    "collate-type": (
        "from torch.utils.data import DataLoader\nlist(DataLoader([None, None], batch_size=2))"
    ),
    "sampler-shuffle": (
        "from torch.utils.data import DataLoader, SequentialSampler\n"
        "DataLoader([1, 2], sampler=SequentialSampler([1, 2]), shuffle=True)"
    ),
    "worker": (
        "from torch.utils.data import DataLoader, Dataset\n"
        "class D(Dataset):\n"
        "    def __len__(self):\n        return 2\n"
        "    def __getitem__(self, i):\n        return {}['egg']\n"
        "list(DataLoader(D(), num_workers=1))"
    ),
    "empty-sampler": ("from torch.utils.data import DataLoader\nDataLoader([], shuffle=True)"),
    "pickle": "import pickle\npickle.dumps(lambda: 1)",
    # devices
    "out-of-memory": "torch.ones(1 << 50)",
    "no-cuda": "torch.ones(1, device='cuda')",
    "device-mixed": "torch.nn.Linear(2, 2)(torch.ones(1, 2, device='meta'))",
    "meta-values": "torch.ones((), device='meta').item()",
    "device-name": "torch.device('gpu')",
    # python's own
    "module-missing": "import torchh",
    "import-name": "from torch import softplusx",
    "name-missing": "print(stones)",
    "before-assignment": "def f():\n    print(x)\n    x = 1\nf()",
    "tensor-attribute": "torch.ones(1).lenght()",
    "torch-attribute": "torch.aranje(3)",
    "none-attribute": "None.shape",
    "none-call": "x = None\nx()",
    "tensor-call": "torch.ones(3)(0)",
    "missing-argument": "def f(a, b): pass\nf(1)",
    "too-many-arguments": "def f(a): pass\nf(1, 2)",
    "unexpected-keyword": "def f(a): pass\nf(b=2)",
    "wrong-overload": "torch.zeros('three')",
    "none-iterable": "def f(): [1]\nfor i in f(): pass",
    "not-iterable": "for i in 3: pass",
    "not-subscriptable": "x = 3\nx[0]",
    "unpack": "a, b = (1, 2, 3)",
    "list-index": "[1, 2][5]",
    "key-missing": "{'a': 1}['b']",
    "zero-division": "1 / 0",
    "int-text": "int('seven')",
    "text-plus-number": "'a' + 1",
    "file-missing": "open('/nowhere/egg.pt')",
    "not-allowed": "raise PermissionError(1, 'Operation not permitted')",
    "not-permitted": "import os\nraise PermissionError(13, 'Permission denied', '/etc/shadow')",
    "no-input": "import sys, io\nsys.stdin = io.StringIO()\ninput()",
    "no-group": "import torch.distributed as dist\ndist.get_rank()",
    "no-rank": (
        "import os, torch.distributed as dist\nos.environ.pop('RANK', None)\n"
        "dist.init_process_group('gloo')"
    ),
    "recursion": "def f(): return f()\nf()",
    "assertion": "assert 1 == 2",
    # not yet code
    "syntax-eof": "print((1)",
    "syntax-unmatched": "x = 1)",
    "syntax-colon": "for i in range(3)\n    pass",
    "syntax-equals": "if x = 1:\n    pass",
    "syntax-string": "x = 'abc",
    "indent-expected": "def f():\nx = 1",
    "indent-unexpected": "x = 1\n    y = 2",
    "indent-mixed": "if True:\n\tx = 1\n        y = 2",
    "syntax-other": "x = = 1",
    "syntax-comma": "x = [1 2]",
}
"""Id of the row in ``explain.toml``, and code that raises the error."""

UNPROVOKED = {
    "not-readable": "reading PermissionError: [Errno 13] Permission denied: '/etc/shadow'",
    "worker-died": "RuntimeError: DataLoader worker (pid(s) 4711, 4712) exited unexpectedly",
    "numpy-device": (
        "TypeError: can't convert cuda:0 device type tensor to numpy. Use Tensor.cpu() to copy the"
        " tensor to host memory first."
    ),
    "ranks-timeout": "RuntimeError: Timed out waiting 10000ms for recv operation to complete",
    "ranks-gone": (
        "RuntimeError: Connection closed by peer [127.0.0.1]:7065. This is typically caused by a"
        " remote worker crashing."
    ),
    "port-taken": (
        "DistNetworkError: The server socket has failed to listen on any local network address."
        " port: 29500, useIpv6: false, code: -98, name: EADDRINUSE, message: address already in use"
    ),
    "unfinished-reduction": (
        "RuntimeError: Expected to have finished reduction in the prior iteration before starting"
        " a new one."
    ),
    "unguarded-spawn": (
        "RuntimeError: An attempt has been made to start a new process before the current process"
        " has finished its bootstrapping phase."
    ),
    "nccl-without-gpu": "ValueError: ProcessGroupNCCL is only supported with GPUs, no GPUs found!",
    "no-mps": "RuntimeError: PyTorch is not linked with support for mps devices",
}
"""What needs another machine or kills a process: the text, as torch gives it there."""


def page_of(code: str, program: Path) -> ErrorPage:
    """The page of what `code` raises."""
    import torch

    if "device='cuda'" in code and torch.cuda.is_available():
        pytest.skip("this machine has a GPU: nothing is wrong here")

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(compile(code, str(program), "exec"), {"torch": torch, "__name__": "__main__"})
    except BaseException as error:
        return error_page(error, program, code)
    pytest.fail(f"nothing was raised by {code}")


@pytest.fixture(autouse=True)
def unchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the provoking code changes in the process is put back."""
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    if (main := sys.modules.get("__main__")) is not None:
        monkeypatch.setattr(main, "A", None, raising=False)


SLOW = {"no-cuda"}
"""Looking for a driver that is not there takes torch five seconds."""


@pytest.mark.parametrize(
    "id", [pytest.param(i, marks=pytest.mark.slow) if i in SLOW else i for i in PROVOKED]
)
def test_a_common_error_is_explained(id: str, tmp_path: Path) -> None:
    page = page_of(PROVOKED[id], tmp_path / "spell.py")
    row = which(f"{page.type}: {page.message}")
    assert row is not None, page
    assert row.id == id, page
    assert page.explanation
    assert not any(f"{{{n}}}" in page.explanation for n in range(9)), "a group was not filled in"


def test_a_refused_reading_is_told_of_reading(tmp_path: Path) -> None:
    refuse = "refuse = (_ for _ in ()).throw; {line}(PermissionError(13, 'No', '/etc/shadow'))"
    read = page_of(refuse.format(line="open = refuse; open"), tmp_path / "spell.py")
    assert "may not read that" in read.explanation
    wrote = page_of(refuse.format(line="mode = 'w'; refuse"), tmp_path / "spell.py")
    assert "may write in its scratch folder" in wrote.explanation


@pytest.mark.parametrize("id", UNPROVOKED)
def test_an_error_of_another_machine_is_explained(id: str) -> None:
    row = which(UNPROVOKED[id])
    assert row is not None
    assert row.id == id


def test_the_table_is_large_and_every_row_is_tried() -> None:
    ids = [row.id for row in explanations()]
    assert len(ids) == len(set(ids)) >= 100
    assert set(ids) == PROVOKED.keys() | UNPROVOKED.keys()


@pytest.mark.parametrize("row", explanations(), ids=lambda row: row.id)
def test_the_words_are_a_tutors(row: object) -> None:
    words = getattr(row, "words", "")
    assert "!" not in words.replace("!=", "")
    assert not any(said in words for said in ("Oops", "Great", "Don't worry", "simply", "simple,"))
    assert words.rstrip().endswith((".", "?"))
    assert len(words) < 420, "a teacher says it in three sentences"


def test_an_error_nobody_knows_has_no_explanation() -> None:
    assert explain("SilverShoeError: the left one") == ""
    assert explain("") == ""


@pytest.mark.parametrize(
    ("raised", "named"),
    [
        ("FileNotFoundError: [Errno 2] No such file or directory: 'egg.pt'", "'egg.pt'"),
        ("FileNotFoundError: [Errno 2] No such file or directory: 'an egg.pt'", "'an egg.pt'"),
        ('FileNotFoundError: [Errno 2] No such file or directory: "hen\'s.pt"', '"hen\'s.pt"'),
        ("KeyError: 'two eggs'", "'two eggs'"),
        ("ValueError: invalid literal for int() with base 10: 'egg'", "'egg'"),
        ("ValueError: could not convert string to float: 'egg'", "'egg'"),
        ("TypeError: lay() missing 2 required positional arguments: 'a' and 'b'", "'a' and 'b'"),
    ],
)
def test_only_what_is_meant_is_taken_out_of_a_long_message(raised: str, named: str) -> None:
    """An error of another process comes with the traceback that it had there, and more behind it."""
    long = f"Traceback (most recent call last):\n  File 'hen.py', line 3\n{raised}\n\nThe nest is cold."
    assert named in explain(raised)
    assert explain(long) == explain(raised)
