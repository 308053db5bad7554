"""Whether the mark of the monkeys' last spell leaves room for chance, and none for mistakes.

Measured over 20 seeds: the share of new gusts for which the model of three ranks pulls the right
rope, for the model answer, the other right answers, and the known mistakes that learn less. And how
far the gradients of the net, carried by ranks, are from those of the big batch.
"""

from __future__ import annotations

import contextlib
import io
import os
import statistics
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
import torch
import torch._dynamo  # what the first DDP imports: before the fork, else every rank pays for it

from oz.campaign import default_root

pytestmark = pytest.mark.benchmark

SPELLS = default_root() / "11_monkeys" / "spells"
FLIGHT, NET = SPELLS / "09_flight", SPELLS / "06_net"
SEEDS = range(20)
MISTAKEN = ("no_step", "not_cleared")


@contextlib.contextmanager
def _beside(folder: Path, scratch: Path) -> Iterator[None]:
    """Run as a spell does: with its files at hand, and in a scratch folder."""
    home = Path.cwd()
    sys.path.insert(0, str(folder / "files"))
    os.chdir(scratch)
    try:
        yield
    finally:
        os.chdir(home)
        sys.path.remove(str(folder / "files"))
        for name in {path.stem for path in (folder / "files").glob("*.py")}:
            sys.modules.pop(name, None)


def _shares(answer: Path, trial: dict[str, Any]) -> list[float]:
    """The share of right ropes of what `answer` trains with two ranks, for every seed."""
    import ranks  # type: ignore[import-not-found]  # lies beside the spell

    with contextlib.redirect_stdout(io.StringIO()):
        program = run_path(str(answer))
    gusts, ropes = trial["_winds"]().gusts(2000, seed=99)
    found = []
    for seed in SEEDS:

        def flown(rank: int, world: int, seed: int = seed) -> None:
            real: Callable[[int], Any] = torch.manual_seed
            torch.manual_seed = lambda _=0: real(seed)
            with contextlib.redirect_stdout(io.StringIO()):
                program["main"]()

        ranks.send_out(flown, 2, seconds=120)
        model = program["make"]()
        model.load_state_dict(torch.load("flight.pt", weights_only=True))
        with torch.no_grad():
            found.append((model(gusts).argmax(dim=1) == ropes).double().mean().item())
    return found


def _said(name: str, shares: list[float]) -> str:
    middle = statistics.median(shares)
    return f"{name:20} min {min(shares):.3f}  median {middle:.3f}  max {max(shares):.3f}"


def test_the_mark_of_the_flight_stands_clear_on_both_sides(tmp_path: Path) -> None:
    """Honest answers stay above the mark in every seed, the known mistakes below."""
    torch.set_num_threads(1)
    with _beside(FLIGHT, tmp_path):
        trial = run_path(str(FLIGHT / "trial.py"))
        mark = trial["MARK"]
        print(f"\nmark {mark}")
        for name in ("solution", "right/sgd_and_finally"):
            shares = _shares(FLIGHT / f"{name}.py", trial)
            print(_said(name, shares))
            assert min(shares) > mark + 0.02
        for name in MISTAKEN:
            shares = _shares(FLIGHT / "wrong" / f"{name}.py", trial)
            print(_said(name, shares))
            assert max(shares) < mark - 0.02


def test_the_gradients_of_the_net_are_those_of_the_big_batch(tmp_path: Path) -> None:
    """Within 1e-6, in worlds of two and three; the mean and the sum stand far apart."""
    torch.set_num_threads(1)
    with _beside(NET, tmp_path):
        trial = run_path(str(NET / "trial.py"))
        import ranks

        with contextlib.redirect_stdout(io.StringIO()):
            program = run_path(str(NET / "solution.py"))
        print()
        for world in (2, 3):
            said = ranks.launch(trial["_tried"], world, program["by_hand"], program["train"])
            grads, _, weights = trial["alone"](world)
            off = max((got[0][n] - g).abs().max().item() for got in said for n, g in grads.items())
            drift = max(
                (got[3][n] - w).abs().max().item() for got in said for n, w in weights.items()
                if not n.startswith("unheld")
            )  # fmt: skip
            summed = max(g.abs().max().item() for g in grads.values()) * (world - 1)
            print(
                f"world {world}: gradients off by {off:.1e}, weights by {drift:.1e};"
                f" a sum instead of the mean by {summed:.1e}"
            )
            assert off < 1e-6
            assert drift < 1e-6
            assert summed > 1e-3
