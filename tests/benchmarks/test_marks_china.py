"""Whether the mark of the China country leaves room for chance, and none for mistakes.

Its last spell has one mark: no difference, to the last bit, between a training that was killed and
one that was not. Measured over 20 seeds and places to fall for the model answer; over fewer for the
other right answers, and for the known mistakes that get as far as going on.
"""

from __future__ import annotations

import contextlib
import io
import os
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
import torch

from oz.campaign import default_root

pytestmark = pytest.mark.benchmark

SPELL = default_root() / "13_china" / "spells" / "06_fall"
SEEDS = range(20)
FEWER = range(5)
EPOCHS = 5
STEPS = 10
"""Steps of an epoch, with the rows that lie beside the program."""


@pytest.fixture(scope="module", autouse=True)
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Checkpoints are written where the programs run; the mat lies beside them."""
    before = Path.cwd()
    os.chdir(tmp_path_factory.mktemp("square"))
    sys.path.insert(0, str(SPELL / "files"))
    torch.set_num_threads(1)
    yield
    sys.path.remove(str(SPELL / "files"))
    sys.modules.pop("mat", None)
    os.chdir(before)


def _trainer(path: Path) -> Any:
    """The `train` of a program, without what it prints; what it wrote is cleared away."""
    with contextlib.redirect_stdout(io.StringIO()):
        train = run_path(str(path))["train"]
    for left in Path().glob("*.pt*"):
        left.unlink()
    return train


def _off(train: Any, seed: int) -> float:
    """How far the one that was killed is from the one that was not, in the end."""
    import mat

    falls = STEPS + 1 + seed * 7 % (STEPS * (EPOCHS - 2))
    whole = mat.life(train, f"whole-{seed}.pt", EPOCHS, seed)
    fallen = mat.life(train, f"fallen-{seed}.pt", EPOCHS, seed, falls_after=falls)
    assert fallen.code == -9
    mended = mat.life(train, f"fallen-{seed}.pt", EPOCHS, seed + 100)
    for left in Path().glob(f"*-{seed}.pt*"):
        left.unlink()
    return float(mat.difference(whole.value[1], mended.value[1]))


def _said(name: str, found: list[float]) -> str:
    middle = statistics.median(found)
    return f"{name:24} min {min(found):.3g}  median {middle:.3g}  max {max(found):.3g}"


def test_the_mark_of_the_fall_stands_clear_on_both_sides() -> None:
    """Honest answers differ by nothing at all in every seed, and the known mistakes do."""
    print("\nlargest difference in a weight, killed against not killed")
    for path in [SPELL / "solution.py", *sorted((SPELL / "right").glob("*.py"))]:
        train = _trainer(path)
        found = [_off(train, seed) for seed in (SEEDS if path.stem == "solution" else FEWER[:3])]
        print(_said(path.stem, found))
        assert max(found) == 0.0
    for name in ("new_dice", "new_swing", "new_count", "weights_alone"):
        train = _trainer(SPELL / "wrong" / f"{name}.py")
        found = [_off(train, seed) for seed in FEWER]
        print(_said(name, found))
        # A count that is lost shows only where the rate would have changed at another time.
        assert (max if name == "new_count" else min)(found) > 1e-5
