"""Whether three losses say what is true, on numbers nobody has seen."""

import copy

import torch
from torch import nn
from torch.nn import functional as F

from oz.trial import require, same

NEAR = {"rtol": 1e-4, "atol": 1e-5}


def test_weighed(spell, rng):
    """`weighed` is the mean over the rows, each against its own"""
    for n in (7, 2, 1, 30):
        net = nn.Linear(4, 1)
        x = torch.tensor(rng.normal(size=(n, 4)), dtype=torch.float32)
        y = torch.tensor(rng.normal(size=n), dtype=torch.float32)
        asked = ((net(x)[:, 0] - y) ** 2).mean()
        got = spell.weighed(net, x, y)
        same(
            got,
            asked.detach(),
            f"weighed, of {n} rows",
            requires_grad=True,
            mistakes={
                "column-against-row": lambda t, s=((net(x) - y) ** 2).mean(): torch.allclose(t, s),
                "sum-for-mean": lambda t, s=asked * n: torch.allclose(t, s),
            },
            **NEAR,
        )


def test_beak(spell, rng):
    """`Beak` gives logits"""
    beak = spell.Beak()
    x = 3 * torch.tensor(rng.normal(size=(9, 6)), dtype=torch.float32)
    with torch.no_grad():
        logits = beak.last(torch.relu(beak.first(x)))
        got = beak(x)
    require(
        got.shape == (9, 10), "`(9, 10)`, a logit for each of ten kinds", f"`{tuple(got.shape)}`"
    )
    same(
        F.log_softmax(got, dim=1),
        F.log_softmax(logits, dim=1),
        "what `Beak` says, as log-probabilities",
        mistakes={
            "softmax-twice": lambda t: torch.allclose(got, torch.softmax(logits, dim=1), atol=1e-5)
        },
        **NEAR,
    )


def test_missed(spell, rng):
    """`missed` is the cross-entropy of any net's logits"""
    for n in (8, 1):
        net = nn.Linear(5, 10)
        x = 3 * torch.tensor(rng.normal(size=(n, 5)), dtype=torch.float32)
        y = torch.tensor(rng.integers(0, 10, size=n))
        twice = F.cross_entropy(torch.softmax(net(x), dim=1), y)
        same(
            spell.missed(net, x, y),
            F.cross_entropy(net(x), y).detach(),
            f"missed, of {n} rows",
            requires_grad=True,
            mistakes={
                "softmax-twice": lambda t, s=twice: torch.allclose(t, s, atol=1e-5),
                "not-cross-entropy": True,
            },
            **NEAR,
        )


class _Watched(nn.Module):
    """Notes how many rows come at once, and whether the part before has gone back."""

    def __init__(self, net):
        super().__init__()
        self.net, self.rows, self.gone_back = net, [], []

    def forward(self, x):
        first = next(self.net.parameters())
        self.gone_back.append(first.grad is not None and bool(first.grad.any()))
        self.rows.append(len(x))
        return self.net(x)


def test_in_parts(spell, rng):
    """`in_parts` leaves the gradient of the whole, also where the parts are not of one size"""
    for n, parts in ((12, 3), (10, 4), (7, 2), (5, 1), (11, 5)):
        net = nn.Sequential(nn.Linear(5, 8), nn.ReLU(), nn.Linear(8, 10))
        x = torch.tensor(rng.normal(size=(n, 5)), dtype=torch.float32)
        y = torch.tensor(rng.integers(0, 10, size=n))
        whole = copy.deepcopy(net)
        loss = F.cross_entropy(whole(x), y)
        loss.backward()
        pieces = list(zip(x.chunk(parts), y.chunk(parts)))
        even, last = copy.deepcopy(net), copy.deepcopy(net)
        for some_x, some_y in pieces:
            F.cross_entropy(even(some_x), some_y).backward()
            last.zero_grad()
            (F.cross_entropy(last(some_x), some_y) * len(some_x) / n).backward()
        watched = _Watched(net)
        got = spell.in_parts(watched, x, y, parts)
        require(
            max(watched.rows, default=0) <= len(pieces[0][0]),
            f"at most {len(pieces[0][0])} rows at once",
            f"{max(watched.rows, default=0)}",
            mistakes={"all-at-once": True},
        )
        require(
            all(watched.gone_back[1:]),
            "each part gone back before the next comes",
            "graphs of several parts at once",
            mistakes={
                "graphs-held": not any(watched.gone_back)
                and not (len(pieces) > 1 and torch.allclose(net[2].bias.grad, last[2].bias.grad))
            },
        )
        words = f"taken in {parts} parts of {n} rows"
        bias = net[2].bias.grad
        known = {
            "last-part-only": len(pieces) > 1
            and torch.allclose(bias, last[2].bias.grad, atol=1e-6),
            "means-added": len(pieces) > 1 and torch.allclose(bias, even[2].bias.grad, atol=1e-6),
            "mean-of-means": torch.allclose(bias, even[2].bias.grad / parts, atol=1e-6)
            or torch.allclose(bias, even[2].bias.grad / len(pieces), atol=1e-6),
        }
        for name, p in net.named_parameters():
            asked = dict(whole.named_parameters())[name].grad
            same(p.grad, asked, f"gradient of {name}, {words}", mistakes=known, **NEAR)
        require(
            not isinstance(got, torch.Tensor),
            "a plain number",
            "a tensor",
            mistakes={"still-a-tensor": True},
        )
        same(got, loss.item(), f"the loss, {words}", mistakes={"mean-of-means": True}, rtol=1e-4)


def test_in_parts_again(spell, rng):
    """`in_parts` leaves that gradient also where there was one from before"""
    net = nn.Linear(5, 10)
    x = torch.tensor(rng.normal(size=(9, 5)), dtype=torch.float32)
    y = torch.tensor(rng.integers(0, 10, size=9))
    (asked,) = torch.autograd.grad(F.cross_entropy(net(x), y), [net.weight])
    for _ in range(2):
        spell.in_parts(net, x, y, 2)
    same(net.weight.grad, asked, "gradient, taken for the second time", **NEAR)
