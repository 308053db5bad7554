"""Whether the marks of the fighting trees leave room for chance, and none for mistakes.

Two marks: how long the pole of the handcart stands, and how often a walk gets through the wood.
Measured over 20 seeds for the model answers, over fewer for the other right answers, and for the
known mistakes that get as far as the mark.
"""

from __future__ import annotations

import contextlib
import io
import os
import statistics
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
import torch

from oz.campaign import default_root

pytestmark = pytest.mark.benchmark

SPELLS = default_root() / "15_trees" / "spells"
CART = SPELLS / "05_handcart"
WOOD = SPELLS / "06_crossing"
SEEDS = range(20)
FEWER = range(2)


@pytest.fixture(scope="module", autouse=True)
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The programs write `walker.pt` where they run, and import what lies beside them."""
    before = Path.cwd()
    os.chdir(tmp_path_factory.mktemp("wood"))
    sys.path.insert(0, str(WOOD / "files"))
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)
    sys.path.remove(str(WOOD / "files"))
    os.chdir(before)


def _ran(path: Path, seed: int) -> dict[str, Any]:
    """The names of a program, without what it prints."""
    torch.manual_seed(seed)
    with contextlib.redirect_stdout(io.StringIO()):
        return run_path(str(path))


def _defined(path: Path) -> dict[str, Any]:
    """What a program of the wood defines, without its own training at the end."""
    names: dict[str, Any] = {}
    exec(compile(path.read_text("utf-8").partition("\n\nwood = ")[0], str(path), "exec"), names)
    return names


def _through(path: Path, trial: dict[str, Any], seeds: Sequence[int]) -> list[float]:
    """Chance of getting through, of walkers that it teaches, each in a wood turned otherwise."""
    found = []
    train = _defined(path)["train"]
    for seed in seeds:
        torch.manual_seed(seed)
        grove, walker = trial["Grove"](trial["turned"](seed % 8)), trial["given_walker"]()
        train(walker, grove)
        found.append(float(grove.chances(walker)[0]))
    return found


def _said(name: str, found: list[float]) -> str:
    middle = statistics.median(found)
    return f"{name:24} min {min(found):.4f}  median {middle:.4f}  max {max(found):.4f}"


def test_the_mark_of_the_handcart_stands_clear_on_both_sides() -> None:
    """An honest rider keeps the pole up a fifth longer than is asked, in every seed."""
    trial = run_path(str(CART / "trial.py"))
    mark = trial["STANDS"]
    print(f"\nthe pole stands for at least {mark} steps")
    for path in (CART / "solution.py", *sorted((CART / "right").glob("*.py"))):
        seeds = SEEDS if path.stem == "solution" else FEWER
        held = [trial["held"](_ran(path, seed)["rider"]) for seed in seeds]
        print(_said(path.stem, held))
        assert min(held) >= mark * 1.2
    for name in ("sign", "no_step", "short"):
        held = [trial["held"](_ran(CART / "wrong" / f"{name}.py", seed)["rider"]) for seed in FEWER]
        print(_said(name, held))
        assert max(held) < mark * 0.8


def test_the_mark_of_the_wood_stands_clear_on_both_sides() -> None:
    """Of 1000 walks of an honest walker at most 4 go wrong; known mistakes do not come near."""
    trial = run_path(str(WOOD / "trial.py"))
    mark = trial["THROUGH"]
    print(f"\nthrough with a chance of at least {mark}")
    for path in (WOOD / "solution.py", *sorted((WOOD / "right").glob("*.py"))):
        through = _through(path, trial, SEEDS if path.stem == "solution" else FEWER)
        print(_said(path.stem, through))
        assert min(through) >= mark + 0.001
    for name in ("sign", "last", "late"):
        through = _through(WOOD / "wrong" / f"{name}.py", trial, FEWER)
        print(_said(name, through))
        assert max(through) < 0.5
