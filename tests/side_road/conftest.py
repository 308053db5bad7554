"""A ``torch_judge`` that is nobody's: installed like any package, and breaking when imported."""

from __future__ import annotations

import importlib
import shutil
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

TASK = '''"""One task."""

raise SystemExit("torch_judge was imported")
TASK = {
    "title": "Bend it \\"so\\"",
    "difficulty": "Easy",
    "function_name": "relu",
    "hint": "max(0, x), *not* min",
    "tests": [
        {"name": "Two numbers", "code": """
import torch
assert torch.equal({fn}(torch.tensor([-1.0, 2.0])), torch.tensor([0.0, 2.0])), f'wrong: {[1][0]}'
"""},
        {"name": "In time", "code": """
import torch, time
assert time.perf_counter() < 0
"""},
    ],
}
'''


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("OZ_CACHE", str(folder))
    return folder


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Put task files where Python finds them as ``torch_judge``; `TASK` for ""."""

    def place(**tasks: str) -> Path:
        site = tmp_path / "site"
        shutil.rmtree(site, ignore_errors=True)
        folder = site / "torch_judge" / "tasks"
        folder.mkdir(parents=True)
        (site / "torch_judge" / "__init__.py").write_text("raise SystemExit('imported')\n")
        for name, text in tasks.items():
            (folder / f"{name}.py").write_text(text or TASK)
        monkeypatch.syspath_prepend(str(site))
        monkeypatch.delitem(sys.modules, "torch_judge", raising=False)
        importlib.invalidate_caches()
        return folder

    return place


@pytest.fixture
def real() -> None:
    """Skips where the real ``torch-judge`` is not installed."""
    if find_spec("torch_judge") is None:
        pytest.skip("torch-judge is not installed; `pip install torch-judge` brings it")
