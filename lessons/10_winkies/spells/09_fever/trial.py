"""Whether the explosion was watched, and the step and the parameter found: held against the real run."""

import math
from pathlib import Path

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from oz.trial import require, same

MUTTERINGS = Path(__file__).parent / "files" / "mutterings.txt"
FAR = 1e15
"""Above it a norm may be infinite in one kind of number and finite in another."""


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


@pytest.fixture
def numbers():
    text = MUTTERINGS.read_text()
    letters = sorted(set(text))
    return torch.tensor([letters.index(letter) for letter in text])


def _dressed(numbers, seed, count):
    """The witch of a seed, and her first batches."""
    torch.manual_seed(seed)
    witch, batches = Witch(), []
    for _ in range(count):
        starts = torch.randint(len(numbers) - 61, (32,))
        rows = numbers[starts[:, None] + torch.arange(61)]
        batches.append((rows[:, :-1], rows[:, 1:]))
    return witch, batches


def _sgd(witch, lr):
    return torch.optim.SGD(witch.parameters(), lr=lr, momentum=0.9)


def _truth(witch, lr, batches):
    records, optimizer = [], _sgd(witch, lr)
    for x, y in batches:
        loss = F.cross_entropy(witch(x).flatten(0, 1), y.flatten())
        optimizer.zero_grad()
        loss.backward()
        norms = {name: p.grad.norm().item() for name, p in witch.named_parameters()}
        records.append((loss.item(), norms))
        if not math.isfinite(loss.item()):
            break
        optimizer.step()
    return records


def _like(got, asked, rtol=2e-2):
    """Whether two numbers say the same, infinities and NaN included."""
    if math.isnan(asked):
        return math.isnan(got)
    if abs(asked) > FAR:
        return math.isnan(got) or abs(got) > FAR / 1e3
    return math.isclose(got, asked, rel_tol=rtol, abs_tol=1e-6)


def _compare(got, asked, words, weights):
    require(
        isinstance(got, (list, tuple)),
        "a list of records",
        f"`{type(got).__name__}`",
        mistakes={"nothing-yet": got is None},
    )
    require(
        all(isinstance(r, (list, tuple)) and len(r) == 2 and isinstance(r[1], dict) for r in got),
        "records of two, the loss and a dict of norms",
        f"`{got[0]!r}`"[:60] if got else "none",
    )
    kept = [r[0] for r in got] + [n for r in got for n in r[1].values()]
    require(
        not any(isinstance(value, torch.Tensor) for value in kept),
        "plain numbers",
        "tensors",
        mistakes={"still-tensors": True},
    )
    losses, truth = [r[0] for r in got], [r[0] for r in asked]
    wild = not math.isfinite(truth[-1])
    require(
        len(got) == len(asked),
        f"{len(asked)} records of {words}",
        f"{len(got)}",
        mistakes={
            "nothing-yet": not got,
            "stops-before": wild and len(got) == len(asked) - 1,
            "no-step": wild and len(losses) > 2 and losses[1] < 100,
            "goes-on": wild and len(got) > len(asked),
        },
    )
    for i, ((loss, norms), (true_loss, true_norms)) in enumerate(zip(got, asked)):
        require(
            _like(loss, true_loss),
            f"a loss of {true_loss:.4g} at step {i} of {words}",
            f"{loss:.4g}",
            mistakes={
                "no-step": i > 0
                and loss < 100 < true_loss
                or i > 0
                and _like(loss, truth[0], 0.05),
                "rusted": i > 1,
            },
        )
        require(
            set(norms) == set(true_norms),
            f"a norm for each of `{sorted(true_norms)}`",
            f"`{sorted(norms)}`",
        )
        for name, norm in true_norms.items():
            require(
                _like(norms[name], norm),
                f"{norm:.4g} for `{name}` at step {i} of {words}",
                f"{norms[name]:.4g}",
                mistakes={
                    "after-clearing": norms[name] == 0.0,
                    "norm-of-weight": i == 0 and _like(norms[name], weights[name], 1e-3),
                    "rusted": i > 0,
                    "not-the-norm": norms[name] < norm,
                },
            )


def test_watch(spell, numbers):
    """`watch` notes loss and norms of every step, and stops when the loss is no number any more"""
    for seed, lr, count in ((21, 0.1, 6), (3, 0.1, 5), (4, 1e-4, 4)):
        witch, batches = _dressed(numbers, seed, count)
        asked = _truth(witch, lr, batches)
        witch, batches = _dressed(numbers, seed, count)
        weights = {name: p.detach().norm().item() for name, p in witch.named_parameters()}
        got = spell.watch(witch, _sgd(witch, lr), batches)
        _compare(got, asked, f"a witch at lr={lr}", weights)


def test_stretch(spell, rng):
    """`stretch` says how much a matrix stretches, so many times over"""
    quarter = torch.tensor([[0.0, -1.0], [1.0, 0.0]])
    shear = torch.tensor([[1.0, 1.0], [0.0, 1.0]])
    other = torch.tensor(rng.normal(size=(5, 5)) / 2, dtype=torch.float32)
    for weight, times, words in (
        (torch.eye(64), 60, "a matrix of ones down the middle"),
        (1.1 * torch.eye(8), 60, "1.1 down the middle"),
        (quarter, 7, "a quarter turn"),
        (shear, 30, "a shear"),
        (other, 1, "some matrix"),
        (other, 12, "some matrix"),
        (torch.diag(torch.tensor([2.0, 0.5, 1.0])), 10, "2, 0.5 and 1 down the middle"),
    ):
        power = torch.linalg.matrix_power(weight.double(), times)
        asked = torch.linalg.matrix_norm(power, 2).item()
        size = torch.linalg.matrix_norm(weight.double(), 2).item()
        reach = torch.linalg.eigvals(weight.double()).abs().max().item()
        got = float(spell.stretch(weight, times))
        bare = torch.linalg.matrix_norm(weight.double() ** times, 2).item()
        require(
            math.isclose(got, asked, rel_tol=1e-3, abs_tol=1e-6),
            f"{asked:.4g} for {words}, {times} times",
            f"{got:.4g}",
            mistakes={
                "nothing-yet": got == 1.0 and words.startswith("1.1"),
                "whole-norm": math.isclose(
                    got, torch.linalg.matrix_norm(power).item(), rel_tol=1e-3
                ),
                "number-by-number": math.isclose(got, bare, rel_tol=1e-3),
                "once": math.isclose(got, size, rel_tol=1e-3),
                "eigenvalue": math.isclose(got, reach**times, rel_tol=1e-2),
                "norm-to-the-power": math.isclose(got, size**times, rel_tol=1e-2),
            },
        )


def test_step(spell, numbers):
    """`step`: when her loss is no number any more"""
    witch, batches = _dressed(numbers, 7, 6)
    asked = len(_truth(witch, 0.1, batches)) - 1
    require(
        spell.step == asked,
        "the step, counted from 0, of the first loss that is nan, for the witch of seed 7",
        f"`{spell.step!r}`",
        mistakes={
            "nothing-yet": spell.step is ...,
            "counted-from-one": spell.step == asked + 1,
            "step-before": spell.step == asked - 1,
        },
    )


def test_parameter(spell, numbers):
    """`parameter`: whose gradient gave it away, at step 0"""
    witch, batches = _dressed(numbers, 7, 1)
    _, norms = _truth(witch, 0.1, batches)[0]
    require(
        spell.parameter == max(norms, key=norms.get),
        "the name of the parameter whose gradient is by far the longest at step 0",
        f"`{spell.parameter!r}`",
        mistakes={
            "nothing-yet": spell.parameter == "",
            "ear-blamed": spell.parameter == "ear.weight",
            "wrong-parameter": True,
        },
    )
    same(norms[spell.parameter] > 5 * sorted(norms.values())[-2], True, "by far")


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
