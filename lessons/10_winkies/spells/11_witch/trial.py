"""Whether she melts: every step bounded, none bent, and she learns.

What was asked of each parameter is noted as it arrives, and held against what the optimizer is given.
The mark is measured in tests/benchmarks/test_marks_winkies.py.
"""

import ast
import math
from collections import OrderedDict
from pathlib import Path

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from oz.trial import require

MUTTERINGS = Path(__file__).parent / "files" / "mutterings.txt"
MARK = 2.2
"""The mean loss of the last ten of 200 steps, in nats a letter. Who knows only how often each letter comes is at 2.9."""
BOUND = 1.0
STEPS = 200
CAUSE = "rnn.weight_hh_l0"


class Witch(nn.Module):
    def __init__(self):
        super().__init__()
        self.ear = nn.Embedding(32, 32)
        self.rnn = nn.RNN(32, 64, nonlinearity="relu", batch_first=True)
        self.mouth = nn.Linear(64, 32)
        with torch.no_grad():
            self.ear.weight.mul_(0.5)
            self.rnn.weight_hh_l0.copy_(torch.eye(64))

    def forward(self, x):
        said, _ = self.rnn(self.ear(x))
        return self.mouth(said)


def letters_of(text):
    letters = sorted(set(text))
    return torch.tensor([letters.index(letter) for letter in text])


def dressed(numbers, seed, steps):
    """The witch of a seed, her batches, and the optimizer."""
    torch.manual_seed(seed)
    witch, batches = Witch(), []
    for _ in range(steps):
        starts = torch.randint(len(numbers) - 61, (32,))
        rows = numbers[starts[:, None] + torch.arange(61)]
        batches.append((rows[:, :-1], rows[:, 1:]))
    return witch, batches, torch.optim.SGD(witch.parameters(), lr=0.1, momentum=0.9)


class _Last(OrderedDict):
    """The hooks before a step, with one that always comes after all others."""

    def __init__(self, last):
        super().__init__()
        self.last = last

    def values(self):
        return [*super().values(), self.last]


class Chart:
    """What arrived at the parameters, and what the optimizer was given, step by step."""

    def __init__(self, witch, optimizer):
        self._of, self.optimizer = witch, optimizer
        self.raw, self.given, self.lr = [], [], []
        self.cosines, self.longest, self.largest, self.capped = [], [], [], []
        self.painted = 0
        self.losses, self.alone, self._batches = [], [], iter(())
        self._arrived = {}
        for name, p in witch.named_parameters():
            p.register_post_accumulate_grad_hook(self._note(name))
        # What the optimizer is given is what it has when all the player's own hooks are done.
        optimizer._optimizer_step_pre_hooks = _Last(self._before)

    def compare_with(self, batches):
        """From now on notes for each step what the loss and the gradient of its batch alone are."""
        self._batches = iter(batches)

    def _note(self, name):
        def note(p):
            self._arrived[name] = p.grad.detach().double().clone()

        return note

    def _before(self, *_):
        named = dict(self._of.named_parameters())
        raw = torch.cat([self._arrived[name].flatten() for name in named])
        own = {name: p.grad.detach().double() for name, p in named.items() if p.grad is not None}
        given = torch.cat([own[name].flatten() for name in named if name in own])
        self.raw.append(raw.norm().item())
        self.given.append(given.norm().item())
        same = len(raw) == len(given)
        cosine = (raw @ given / (raw.norm() * given.norm())).item() if same else 0.0
        self.cosines.append(cosine)
        self.longest.append(max(g.norm().item() for g in own.values()))
        self.largest.append(given.abs().max().item())
        self.capped.append(int((given.abs() == given.abs().max()).sum()) > 5)
        self.painted += bool(
            not raw.isfinite().all() and given.isfinite().all() and not given.any()
        )
        self.lr.append(self.optimizer.param_groups[0]["lr"])
        for _, (x, y) in zip(range(1), self._batches):
            with torch.enable_grad():
                loss = F.cross_entropy(self._of(x).flatten(0, 1), y.flatten())
                slopes = torch.autograd.grad(loss, list(named.values()))
            self.losses.append(loss.item())
            self.alone.append(torch.cat([s.flatten() for s in slopes]).double().norm().item())

    @property
    def dry(self):
        """The first step taken on more than the bound, or on what is no number; `None` if there is none."""
        return next((i for i, n in enumerate(self.given) if not n <= BOUND * 1.001), None)


def _melted(spell, seed, steps):
    witch, batches, optimizer = dressed(letters_of(MUTTERINGS.read_text()), seed, steps)
    chart = Chart(witch, optimizer)
    if steps < STEPS:
        chart.compare_with(batches)
    got = spell.melt(witch, optimizer, batches)
    require(
        isinstance(got, (tuple, list)) and len(got) == 2,
        "two lists, the losses and the norms",
        f"`{type(got).__name__}`",
    )
    return chart, *got


@pytest.fixture(scope="module")
def kept():
    """What was tried, so that it is tried once."""
    return {}


def _tried(kept, spell, seed=0, steps=12):
    if (seed, steps) not in kept:
        kept[seed, steps] = _melted(spell, seed, steps)
    return kept[seed, steps]


def test_rate(spell):
    """her steps are as long as they were: `lr=0.1`, momentum 0.9"""
    group = spell.optimizer.param_groups[0] if "optimizer" in spell else {"lr": 0.1}
    require(
        group["lr"] == 0.1,
        "`lr=0.1`",
        f"`lr={group['lr']}`",
        mistakes={"lr-to-nothing": group["lr"] < 0.1},
    )
    require(group.get("momentum", 0.9) == 0.9, "momentum 0.9", f"momentum {group.get('momentum')}")


def test_steps(spell, kept):
    """a step is taken for each batch, at that rate"""
    chart, _, _ = _tried(kept, spell)
    require(
        len(chart.raw) == 12,
        "12 steps for 12 batches",
        f"{len(chart.raw)}",
        mistakes={"skipped": 0 < len(chart.raw) < 12},
    )
    require(
        set(chart.lr) == {0.1},
        "`lr=0.1` at every step",
        f"`{min(chart.lr)}`",
        mistakes={"lr-to-nothing": True},
    )


def test_bounded(spell, kept):
    """no step is taken on a gradient longer than 1, from the first step on"""
    chart, losses, norms = _tried(kept, spell)
    at = chart.dry
    if at is None:
        return
    whole, given = chart.raw[at], chart.given[at]
    untouched = math.isclose(whole, given, rel_tol=1e-9)
    calm = [float(n) for n in norms] if len(norms) == len(chart.raw) else []
    require(
        False,
        f"at most {BOUND} at step {at}",
        f"{given:.4g}, of a gradient of {whole:.4g}",
        mistakes={
            "painted-over": chart.painted > 0,
            "before-the-way-back": untouched
            and bool(calm)
            and calm[0] == 0.0
            or untouched
            and bool(calm)
            and len(calm) > 1
            and math.isclose(calm[1], chart.raw[0], rel_tol=1e-3),
            "infinite-clipped": untouched
            and _pours(spell)
            and not all(math.isfinite(n) for n in chart.raw)
            and _pours_sometimes(spell),
            "after-the-step": untouched and _pours(spell),
            "dry": untouched,
            "by-value": chart.capped[at],
            "each-apart": chart.longest[at] <= BOUND * 1.001,
            "only-the-cause": chart.longest[at] < whole / 2,
            "bound-too-high": True,
        },
    )


def _pours(spell):
    return any(spell.calls(name) for name in POURED)


def _pours_sometimes(spell):
    """Whether the water stands under an `if` of its own."""
    return any(
        isinstance(inside, ast.Call) and getattr(inside.func, "attr", "") == "clip_grad_norm_"
        for node in ast.walk(spell.tree)
        if isinstance(node, ast.If)
        for inside in ast.walk(node)
    )


POURED = (
    "torch.nn.utils.clip_grad_norm_",
    "torch.nn.utils.clip_grads_with_norm_",
)


def test_straight(spell, kept):
    """and every step goes where the gradient points; what is within bounds is left alone"""
    chart, _, _ = _tried(kept, spell)
    bent = next((i for i, c in enumerate(chart.cosines) if not c > 0.999), None)
    require(
        bent is None,
        "the direction of the gradient",
        f"{math.degrees(math.acos(max(-1.0, min(1.0, chart.cosines[bent])))):.0f} degrees off at step {bent}"
        if bent is not None and math.isfinite(chart.cosines[bent])
        else "no direction at all",
        mistakes={
            "each-apart": bent is not None and chart.largest[bent] > 0.1,
            "by-value": True,
        },
    )
    witch, _, optimizer = dressed(letters_of(MUTTERINGS.read_text()), 5, 0)
    with torch.no_grad():
        for p in witch.mouth.parameters():
            p.mul_(0.01)
    calm = Chart(witch, optimizer)
    batches = [(torch.zeros(4, 2, dtype=torch.long), torch.arange(8).reshape(4, 2))]
    spell.melt(witch, optimizer, batches)
    require(
        math.isclose(calm.raw[0], calm.given[0], rel_tol=1e-3) or calm.given[0] <= calm.raw[0],
        f"a gradient of {calm.raw[0]:.3f} left as it is",
        f"{calm.given[0]:.3f}",
        mistakes={"always-one": True},
    )


def test_told(spell, kept):
    """`melt` tells each loss, and how long each gradient was before the water"""
    chart, losses, norms = _tried(kept, spell)
    require(
        not any(isinstance(value, torch.Tensor) for value in [*losses, *norms]),
        "plain numbers",
        "tensors",
        mistakes={"still-tensors": True},
    )
    require(
        len(losses) == len(norms) == len(chart.raw),
        f"{len(chart.raw)} losses and as many norms",
        f"{len(losses)} and {len(norms)}",
        mistakes={"no-norms": not norms},
    )
    require(
        all(math.isclose(a, b, rel_tol=1e-2) for a, b in zip(losses, chart.losses)),
        f"the losses of her batches: {[round(n, 3) for n in chart.losses[:3]]} …",
        f"{[round(n, 3) for n in losses[:3]]} …",
    )
    require(
        all(math.isclose(a, b, rel_tol=1e-2) for a, b in zip(chart.raw, chart.alone)),
        f"gradients of one batch each: {[round(n, 2) for n in chart.alone[:3]]} … long",
        f"{[round(n, 2) for n in chart.raw[:3]]} …",
        mistakes={"rusted": True},
    )
    require(
        all(math.isclose(a, b, rel_tol=1e-2) for a, b in zip(norms, chart.raw)),
        f"norms from before: {[round(n, 2) for n in chart.raw[:3]]} …",
        f"{[round(n, 2) for n in norms[:3]]} …",
        mistakes={
            "norms-after": all(math.isclose(a, b, rel_tol=1e-2) for a, b in zip(norms, chart.given))
        },
    )


def test_melts(spell, kept):
    """she melts: after 200 steps, from a seed nobody has seen, the loss is finite and below 2.2"""
    short, _, _ = _tried(kept, spell)
    require(short.dry is None, "every step bounded, for a start", "it is not")
    chart, losses, _ = _tried(kept, spell, 101, STEPS)
    end = sum(losses[-10:]) / 10
    require(
        math.isfinite(end) and end < MARK,
        f"a mean loss below {MARK} over the last ten of {STEPS} steps",
        f"{end:.3f}",
        mistakes={"bound-too-low": math.isfinite(end) and max(chart.given) < 0.2},
    )


def test_cause(spell):
    """`cause`: the parameter, and the step at which it would have ended"""
    witch, batches, optimizer = dressed(letters_of(MUTTERINGS.read_text()), 11, 8)
    for step, (x, y) in enumerate(batches):
        loss = F.cross_entropy(witch(x).flatten(0, 1), y.flatten())
        if not loss.isfinite():
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    cause = spell.cause
    require(
        isinstance(cause, (tuple, list)) and len(cause) == 2,
        "a name and a number",
        f"`{cause!r}`",
    )
    require(
        tuple(cause) == (CAUSE, step),
        "the parameter with the longest gradient at step 0, and the step of the first loss that is nan",
        f"`{tuple(cause)}`",
        mistakes={"cause-unnamed": cause[0] == "" or cause[1] is ..., "wrong-cause": True},
    )


def test_same_witch(spell):
    """`Witch` is the one you were given"""
    torch.manual_seed(31)
    asked = Witch()
    torch.manual_seed(31)
    own = spell.Witch()
    x = torch.randint(32, (3, 7))
    with torch.no_grad():
        said, heard = own(x), asked(x)
    require(
        said.shape == heard.shape and torch.allclose(said, heard, rtol=1e-3, atol=1e-5),
        "the witch as she was, also from another seed",
        "another one",
        mistakes={"other-witch": True},
    )
