"""Whether the paces are as asked, and every step was taken at its own.

The walk is compared with one of the trial's own; what goes wrong is recognised by walking wrongly
on purpose.
"""

import copy
import math

import torch
from torch import nn

from oz.trial import mistake, require, same

NEAR = {"rtol": 2e-3, "atol": 2e-5}
OPTIMIZERS = {
    "SGD": lambda p: torch.optim.SGD(p, lr=0.2),
    "SGD with momentum": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9),
    "Adam": lambda p: torch.optim.Adam(p, lr=0.03),
}


def share(turn, warm, turns):
    """The pace that is asked for."""
    if turn < warm:
        return (turn + 1) / warm
    return 0.5 * (1 + math.cos(math.pi * (turn - warm) / (turns - warm)))


def test_pace(spell, rng):
    """`pace(turn, warm, turns)` grows evenly and then falls as half a cosine"""
    for warm, turns in ((4, 20), (1, 7), (0, 9), (10, 12), (3, 3)):
        for turn in range(turns + (warm < turns)):
            asked = share(turn, warm, turns)
            got = spell.pace(turn, warm, turns)
            require(
                isinstance(got, (int, float)),
                "a plain number",
                f"`{type(got).__name__}`",
                mistakes={"nothing-back": got is None},
            )
            late = turns - warm
            require(
                abs(got - asked) < 1e-6,
                f"`pace({turn}, {warm}, {turns})` to be {asked:.4f}",
                f"{got:.4f}",
                mistakes={
                    "stands-at-first": warm > 0 and turn < warm and abs(got - turn / warm) < 1e-6,
                    "whole-cosine": turn >= warm
                    and abs(got - math.cos(math.pi * (turn - warm) / late)) < 1e-6,
                    "quarter-cosine": turn >= warm
                    and abs(got - math.cos(math.pi / 2 * (turn - warm) / late)) < 1e-6,
                    "warm-not-counted": turn >= warm
                    and abs(got - 0.5 * (1 + math.cos(math.pi * turn / turns))) < 1e-6,
                    "straight-down": turn > warm and abs(got - (turns - turn) / late) < 1e-6,
                    "always-full": abs(got - 1) < 1e-6,
                    "degrees": turn > warm
                    and abs(got - 0.5 * (1 + math.cos(180 * (turn - warm) / late))) < 1e-6,
                },
            )


def _case(rng, kind, rows=10):
    inputs = int(rng.integers(2, 5))
    model = nn.Sequential(nn.Linear(inputs, 6), nn.Tanh(), nn.Linear(6, 1))
    x = torch.tensor(rng.normal(size=(rows, inputs)), dtype=torch.float32)
    y = torch.tensor(rng.normal(size=(rows, 1)), dtype=torch.float32)
    return model, OPTIMIZERS[kind], x, y


def paced(model, make, x, y, turns, warm, wrong=""):
    """The walk, or a wrong one; the parameters where it ends, and the rates."""
    other = copy.deepcopy(model)
    optimizer = make(other.parameters())
    base = optimizer.param_groups[0]["lr"]
    rates, rate = [], base
    for turn in range(turns):
        if wrong == "new-optimizer" and turn:
            optimizer = make(other.parameters())
        place = (
            turn + 1 if wrong == "one-early" else max(0, turn - 1) if wrong == "one-late" else turn
        )
        rate = base * (share(place, warm, turns) if place < turns or warm < turns else 1.0)
        if wrong == "never":
            rate = base
        if wrong == "told-once":
            rate = base * share(0, warm, turns)
        if wrong == "compounded":
            rate = optimizer.param_groups[0]["lr"] * share(turn, warm, turns)
        optimizer.param_groups[0]["lr"] = rate
        optimizer.zero_grad()
        nn.functional.mse_loss(other(x), y).backward()
        optimizer.step()
        rates.append(rate)
    return [p.detach() for p in other.parameters()], rates


WRONG = {
    "never": "never-changed",
    "told-once": "never-changed",
    "one-early": "one-early",
    "one-late": "one-late",
    "compounded": "compounded",
    "new-optimizer": "new-optimizer",
}


def _alike(one, other):
    return all(torch.allclose(a, b, **NEAR) for a, b in zip(one, other, strict=True))


def test_walk(spell, rng):
    """every step of `walk` is taken at its own pace, whatever the optimizer"""
    for kind in OPTIMIZERS:
        for turns, warm in ((6, 2), (5, 0), (8, 4)):
            model, make, x, y = _case(rng, kind)
            began = copy.deepcopy(model)
            wanted, rates = paced(began, make, x, y, turns, warm)
            optimizer = make(model.parameters())
            got = spell.walk(model, optimizer, x, y, turns, warm)
            mine = [p.detach() for p in model.parameters()]
            words = f"{turns} turns, {warm} of them warm, with {kind}"
            if not _alike(mine, wanted):
                for wrong, id in WRONG.items():
                    if _alike(mine, paced(began, make, x, y, turns, warm, wrong)[0]):
                        mistake(id, f"asked the parameters where {words} ends, yours are elsewhere")
            for place, (one, asked) in enumerate(zip(mine, wanted, strict=True)):
                same(one, asked, f"parameter {place} after {words}", **NEAR)
            _rates(got, rates, words)


def _rates(got, asked, words):
    require(
        isinstance(got, (list, tuple)),
        "a list of rates",
        f"`{type(got).__name__}`",
        mistakes={"nothing-back": got is None},
    )
    require(len(got) == len(asked), f"{len(asked)} rates for {words}", f"{len(got)}")
    same(
        [float(v) for v in got],
        asked,
        f"the rates for {words}",
        rtol=1e-4,
        atol=1e-7,
        mistakes={
            "told-late": lambda g: (
                len(g) > 1 and all(abs(a - b) < 1e-7 for a, b in zip(g, asked[1:], strict=False))
            ),
        },
    )


def test_groups(spell, rng):
    """an optimizer of two groups keeps two rates, both at the same share of their own"""
    model, _, x, y = _case(rng, "SGD")
    groups = [
        {"params": list(model[0].parameters()), "lr": 0.1},
        {"params": list(model[2].parameters()), "lr": 0.02},
    ]
    optimizer = torch.optim.SGD(groups)
    seen = []
    optimizer.register_step_pre_hook(
        lambda o, *_: seen.append([group["lr"] for group in o.param_groups])
    )
    spell.walk(model, optimizer, x, y, 6, 2)
    asked = [[0.1 * share(t, 2, 6), 0.02 * share(t, 2, 6)] for t in range(6)]
    same(
        seen,
        asked,
        "the rates of two groups, step by step",
        rtol=1e-4,
        atol=1e-8,
        mistakes={
            "one-group": lambda s: (
                all(abs(a[1] - 0.02) < 1e-9 for a in s) or all(abs(a[1] - a[0]) < 1e-9 for a in s)
            )
        },
    )
