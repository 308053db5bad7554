"""Programs that deceive a grader, by accident or for fun: none of them passes.

The lies are those that get past other graders: tensors of zeros, replaced comparisons, an exit where a
verdict should be, errors in fixtures. Each is judged by an ordinary trial in a real child.
"""

# ruff: noqa: E501 - the programs stand on one line each

from __future__ import annotations

import pytest

from .conftest import Cast

TRIAL = '''
    import torch
    from oz.trial import same

    def test_soft(spell, rng):
        """`soft(x)` sums to one in each row"""
        x = torch.from_numpy(rng.normal(size=(4, 5))).float()
        same(spell.soft(x), torch.softmax(x, dim=1), "soft(x)")
        assert torch.allclose(spell.soft(x).sum(1), torch.ones(4), atol=1e-5)

    def test_second(spell):
        """it is there"""
        assert isinstance(spell.soft(torch.ones(2, 2)), torch.Tensor)
'''
HONEST = "import torch\ndef soft(x):\n    e = (x - x.max(1, keepdim=True).values).exp()\n    return e / e.sum(1, keepdim=True)\n"
WRONG = "import torch, sys\ndef soft(x):\n    return torch.zeros_like(x)\n"

LIES = {
    "zeros": "",
    "allclose": "torch.allclose = lambda *a, **k: True",
    "equal": "torch.equal = lambda *a: True\ntorch.testing.assert_close = lambda *a, **k: None",
    "tensor-eq": "torch.Tensor.__eq__ = lambda a, b: True\ntorch.Tensor.__bool__ = lambda a: True",
    "detach": "torch.Tensor.detach = lambda t: torch.softmax(torch.ones(4, 5), 1)",
    "numpy": "import numpy\nnumpy.count_nonzero = lambda *a: 0\nnumpy.isfinite = lambda *a: True",
    "softmax": "torch.softmax = lambda x, dim: torch.zeros_like(x)",
    "builtins": (
        "import builtins\nbuiltins.all = lambda *a: True\nbuiltins.any = lambda *a: False\n"
        "builtins.bool = lambda *a: True\nbuiltins.isinstance = lambda *a: True\n"
        "builtins.len = lambda *a: 0\nbuiltins.vars = lambda *a: {}\nbuiltins.getattr = lambda *a: None"
    ),
    "oz-same": "import oz.trial\noz.trial.same = lambda *a, **k: None",
    "oz-modules": "sys.modules['oz.trial'] = type(sys)('oz.trial')\nsys.modules['oz.trial'].same = print",
    "torch-module": "sys.modules['torch'] = type(sys)('torch')",
    "raises-assert": "import builtins\nbuiltins.AssertionError = SystemExit",
    "pytest-skip": "import pytest\ndef soft(x): pytest.skip('no')",
    "pytest-exit": "import pytest\ndef soft(x): pytest.exit('done', 0)",
    "pytest-xfail": "import pytest\ndef soft(x): pytest.xfail('no')",
    "system-exit": "def soft(x): sys.exit(0)",
    "interrupt": "def soft(x): raise KeyboardInterrupt",
    "generator-exit": "def soft(x): raise GeneratorExit",
    "addopts": "import os\nos.environ['PYTEST_ADDOPTS'] = '--collect-only -k nothing'",
    "plugins": "import os\nos.environ['PYTEST_PLUGINS'] = 'nonsense'",
    "nan": "def soft(x): return torch.full_like(x, float('nan'))",
    "empty": "def soft(x): return torch.empty(0)",
    "none": "def soft(x): return None",
    "true": "def soft(x): return True",
    "subclass": (
        "class Yes(torch.Tensor):\n"
        "    @classmethod\n"
        "    def __torch_function__(cls, func, types, args=(), kwargs=None):\n"
        "        return True\n"
        "def soft(x): return torch.zeros_like(x).as_subclass(Yes)"
    ),
    "trace": "sys.settrace(lambda *a: None)\nsys.setrecursionlimit(60)",
    "warnings": "import warnings\nwarnings.simplefilter('error')",
    "other-folder": "import os, shutil\nshutil.rmtree(os.getcwd())",
    "path": "sys.path.clear()",
    "argv": "sys.argv = ['--version']",
    "main": "sys.modules.pop('__main__', None)",
}


@pytest.mark.parametrize("lie", LIES)
def test_no_lie_passes(cast: Cast, lie: str) -> None:
    out = cast(WRONG + LIES[lie], TRIAL)
    assert out.passed is False
    assert out.announced == ("`soft(x)` sums to one in each row", "it is there")
    assert len(out.checks) == 2
    assert not out.checks[0].passed
    assert not out.checks[0].broken, out.checks[0].message
    assert out.checks[0].message


@pytest.mark.parametrize(
    "lie", ["allclose", "softmax", "builtins", "warnings", "trace", "other-folder"]
)
def test_an_honest_answer_beside_a_lie_still_passes(cast: Cast, lie: str) -> None:
    out = cast(HONEST + "import sys\n" + LIES[lie], TRIAL)
    assert out.passed is True, out.checks


@pytest.mark.parametrize(
    "exit", ["import os; os._exit(0)", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"]
)
def test_an_end_before_the_verdict_is_no_verdict(cast: Cast, exit: str) -> None:
    out = cast(f"def soft(x):\n    {exit}", TRIAL)
    assert out.passed is None
    assert out.announced
    assert not out.checks


def test_an_exit_in_a_fixture_is_no_verdict(cast: Cast) -> None:
    trial = """
        import pytest

        @pytest.fixture
        def row(spell):
            return spell.lay(3)

        def test_a(row):
            pass
    """
    assert cast("import os\ndef lay(n): os._exit(0)", trial).passed is None


def test_honest_programs_have_nothing_put_back(cast: Cast) -> None:
    program = """
        import torch, collections, random, re, json
        from torch import nn
        torch.manual_seed(1)
        net = nn.Sequential(nn.Linear(2, 4), nn.BatchNorm1d(4), nn.ReLU(), nn.Linear(4, 1))
        steps = torch.optim.Adam(net.parameters())
        for _ in range(3):
            steps.zero_grad()
            nn.functional.mse_loss(net(torch.rand(8, 2)), torch.rand(8, 1)).backward()
            steps.step()
        loader = torch.utils.data.DataLoader(torch.rand(8, 2), batch_size=2)
        print(next(iter(loader)))
    """
    out = cast(program, "def test_a(ran): assert not ran.undone, str(ran.undone)")
    assert out.passed, out.checks


def test_what_was_put_back_is_known(cast: Cast) -> None:
    trial = "def test_a(ran): assert 'torch.allclose' in ran.undone and len(ran.undone) == 1"
    assert cast("import torch; torch.allclose = print", trial).passed
