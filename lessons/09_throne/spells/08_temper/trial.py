"""Whether the dial divides, the letters are thrown for, and what is said is heard.

The throws are counted on logits that are given here, enough of them that a right answer is off by more
than is allowed once in a million times, and a wrong one by far more.
"""

import math

import torch
from torch import nn

from oz.trial import mistake, require, same

THROWS = 20_000
OFF = 0.03
"""How far the share of a letter may be from its chance: more than eight standard errors."""


def rand(rng, *shape):
    return torch.tensor(3 * rng.normal(size=shape), dtype=torch.float32)


def is_near(value):
    def holds(got):
        return got.shape == value.shape and torch.allclose(got, value, atol=1e-5)

    return holds


def test_odds(spell, rng):
    """`odds` is the softmax of the logits over the temperature, on the last axis"""
    for shape in ((6,), (4, 5), (5, 5), (2, 3, 7), (1, 2)):
        for temperature in (0.2, 0.7, 1.0, 1.5, 4):
            z = rand(rng, *shape)
            plain = torch.softmax(z, dim=-1)
            asked = torch.softmax(z / temperature, dim=-1)
            other = [torch.softmax(z / temperature, dim=d) for d in range(z.ndim - 1)]
            same(
                spell.odds(z, temperature),
                asked,
                f"odds(logits of {shape}, {temperature})",
                rtol=1e-4,
                atol=1e-6,
                mistakes={
                    "wrong-axis": lambda g, o=other: (
                        any(is_near(t)(g) for t in o)
                        or (z.ndim > 1 and torch.allclose(g.sum(0), torch.ones_like(g.sum(0))))
                    ),
                    "multiplied": is_near(torch.softmax(z * temperature, dim=-1)),
                    "chances-divided": is_near(plain / temperature),
                    "dial-ignored": is_near(plain),
                    "overflowed": lambda g: bool(g.isnan().any()),
                },
            )


def test_cold(spell, rng):
    """at 0 everything is on the largest, and near 0 nothing breaks"""
    for shape in ((5,), (3, 4), (2, 2, 6)):
        for temperature in (0, 0.0, 1e-3):
            z = rand(rng, *shape)
            if temperature:
                z = (z * 10).round()
                z.scatter_(-1, z.argmax(-1, keepdim=True), 200.0)
            asked = torch.zeros_like(z).scatter(-1, z.argmax(-1, keepdim=True), 1.0)
            try:
                got = spell.odds(z, temperature)
            except ZeroDivisionError:
                mistake("nought-divided")
            same(
                got,
                asked,
                f"odds(logits of {shape}, {temperature})",
                mistakes={
                    "nought-divided": lambda g, t=temperature: t == 0 and bool(g.isnan().any()),
                    "overflowed": lambda g: bool(g.isnan().any()),
                },
            )


def thrown(spell, z, temperature):
    got = spell.pick(z, temperature)
    require(
        isinstance(got, torch.Tensor) and got.shape == (len(z),) and got.dtype == torch.int64,
        f"`({len(z)},)` of `int64` from `pick`",
        f"`{tuple(got.shape)}` of `{got.dtype}`"
        if isinstance(got, torch.Tensor)
        else f"`{type(got).__name__}`",
        mistakes={"column": isinstance(got, torch.Tensor) and got.shape == (len(z), 1)},
    )
    return got


def shares(letters, size):
    return torch.bincount(letters, minlength=size) / len(letters)


def test_pick(spell, rng):
    """`pick` throws with these odds, for each row by itself"""
    for temperature in (1.0, 0.5, 2.0):
        two = torch.tensor([[2.0, 1.0, 0.0, -1.0, 1.5], [-1.0, 0.0, 3.0, 2.5, 0.5]])
        z = two.repeat_interleave(THROWS, dim=0)
        got = thrown(spell, z, temperature)
        for row in range(2):
            mine = got[row * THROWS : (row + 1) * THROWS]
            share, chance = shares(mine, 5), torch.softmax(two[row] / temperature, dim=0)
            plain = torch.softmax(two[row], dim=0)
            off = (share - chance).abs().max().item()
            top = two[row].argmax().item()
            require(
                off < OFF,
                f"shares of {[round(c, 2) for c in chance.tolist()]} at temperature {temperature}",
                f"{[round(c, 2) for c in share.tolist()]}",
                mistakes={
                    "always-the-largest": share[top] > 0.999,
                    "one-throw-for-all": share.max() > 0.999,
                    "multiplied": (share - torch.softmax(two[row] * temperature, 0)).abs().max()
                    < OFF,
                    "dial-ignored": (share - plain).abs().max() < OFF,
                    "evenly": (share - 0.2).abs().max() < OFF,
                },
            )
    cold = rand(rng, 50, 6)
    same(thrown(spell, cold, 0.0), cold.argmax(dim=1), "pick(logits, 0.0)")
    alone = spell.pick(cold[:1], 1.0)
    require(
        tuple(alone.shape) == (1,),
        "`(1,)` for a single row",
        f"`{tuple(alone.shape)}`",
        mistakes={"row-squeezed": alone.dim() == 0},
    )


class Counter(nn.Module):
    """Says, with certainty, the sum of all that it has heard (and 1 for each), modulo the letters."""

    def __init__(self, letters):
        super().__init__()
        self.letters = letters
        self.knob = nn.Parameter(torch.tensor(60.0))
        self.heard, self.recorded = [], False

    def forward(self, x, state=None):
        self.recorded |= torch.is_grad_enabled()
        self.heard.append((x.shape[1], state is not None))
        start = torch.zeros(x.shape[0]) if state is None else state
        sums = start[:, None] + (x + 1).cumsum(dim=1)
        logits = self.knob * nn.functional.one_hot(sums.long() % self.letters, self.letters)
        return logits, sums[:, -1] + 0 * self.knob


def follow(start, count, letters, heard=None):
    """What the counter says after `start`, when it heard `heard` of it."""
    said = list(start)
    total = sum(n + 1 for n in (start if heard is None else heard))
    for _ in range(count):
        said.append(total % letters)
        total += said[-1] + 1
    return said


def test_speak(spell, rng):
    """`speak` lets it hear all that was said, and says `count` more"""
    for letters, length, count in ((7, 1, 12), (5, 4, 9), (11, 6, 20), (4, 3, 1), (6, 2, 0)):
        start = [int(n) for n in rng.integers(0, letters, size=length)]
        model = Counter(letters)
        got = spell.speak(model, list(start), count, 1.0)
        require(
            isinstance(got, list) and all(type(n) is int for n in got),
            "a list of plain numbers",
            f"`{type(got).__name__}`"
            + (f" of `{type(got[-1]).__name__}`" if isinstance(got, list) and got else ""),
            mistakes={"nothing-said": got is None, "not-a-list": True},
        )
        asked = follow(start, count, letters)
        forgot = list(start)
        for _ in range(count):
            forgot.append((forgot[-1] + 1) % letters)
        partly = list(start)
        for place in range(count):
            partly.append((sum(start) + length if place == 0 else partly[-1] + 1) % letters)
        twice, total = list(start), 0
        for _ in range(count):
            total += sum(n + 1 for n in twice)
            twice.append(total % letters)
        doubled, total = list(start), sum(n + 1 for n in start) + start[-1] + 1
        for _ in range(count):
            doubled.append(total % letters)
            total += doubled[-1] + 1
        require(
            got == asked,
            f"{asked} from {start} and {count} more",
            f"{got}",
            mistakes={
                "nothing-said": count > 0 and got == start,
                "start-lost": count > 0 and got in (asked[length:], asked[length - 1 :]),
                "miscounted": len(got) != len(asked) and got[:length] == start,
                "start-unheard": length > 1
                and got
                in (
                    follow(start, count, letters, start[-1:]),
                    follow(start, count, letters, start[:1]),
                )
                and got != forgot,
                "heard-twice": got in (twice, doubled),
                "first-not-last": length > 1
                and len(got) > length
                and got[length] == (start[0] + 1) % letters
                and got != forgot,
                "state-lost": got in (forgot, partly),
            },
        )
        if model.recorded:
            mistake("recorded")


class Loaded(nn.Module):
    """The same odds after anything."""

    def forward(self, x, state=None):
        logits = torch.tensor([1.0, 0.0, -1.0]).expand(*x.shape, 3)
        return logits, torch.zeros(1) if state is None else state


def test_thrown_for(spell):
    """and what it says is thrown for, at the temperature that was asked"""
    for temperature in (1.0, 0.4):
        said = spell.speak(Loaded(), [0], 1500, temperature)[1:]
        share = shares(torch.tensor(said), 3)
        chance = torch.softmax(torch.tensor([1.0, 0.0, -1.0]) / temperature, dim=0)
        plain = torch.softmax(torch.tensor([1.0, 0.0, -1.0]), dim=0)
        require(
            (share - chance).abs().max() < 6 * math.sqrt(0.25 / 1500),
            f"shares of {[round(c, 2) for c in chance.tolist()]} at temperature {temperature}",
            f"{[round(c, 2) for c in share.tolist()]}",
            mistakes={
                "always-the-largest": share[0] > 0.999,
                "dial-ignored": (share - plain).abs().max() < 0.05,
            },
        )
    same(spell.speak(Loaded(), [2, 1], 5, 0.0), [2, 1, 0, 0, 0, 0, 0], "speak(…, temperature 0)")
