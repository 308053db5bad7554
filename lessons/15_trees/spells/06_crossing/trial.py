"""Whether a company of walkers learns its way through the wood, and through one that nobody has drawn.

Chances are worked out exactly, as those of a chain, and not by trying. The mark is measured in
tests/benchmarks/test_marks_trees.py.
"""

from pathlib import Path

import torch
from torch import nn

from oz.trial import mistake, require

THROUGH = 0.995
"""Chance of getting through that a walk has to have."""
STEPS = 30
"""Steps after which it gets dark."""
CALLS = 10_000
"""Steps that the wood makes with a company before it says that this is no way to learn."""
ROWS = ["..T.!", ".T..T", "...T.", "TT...", "@..T."]
DOWN = torch.tensor([-1, 0, 1, 0])
ACROSS = torch.tensor([0, 1, 0, -1])


def turned(n):
    """The wood as drawn (0), or turned and mirrored in one of seven ways (1 to 7)."""
    rows = ROWS
    for _ in range(n % 4):
        rows = ["".join(row) for row in zip(*rows[::-1], strict=True)]
    return [row[::-1] for row in rows] if n >= 4 else rows


class Grove:
    """A wood with the same rules as the player's, that counts."""

    def __init__(self, rows):
        flat = "".join(rows)
        self.rows, self.columns = len(rows), len(rows[0])
        self.start, self.out = flat.index("@"), flat.index("!")
        self.trees = torch.tensor([square == "T" for square in flat])
        self.calls = self.walkers = self.alike = 0

    def _to(self, at, moves):
        row = (at // self.columns + DOWN[moves]).clamp(0, self.rows - 1)
        column = (at % self.columns + ACROSS[moves]).clamp(0, self.columns - 1)
        return row * self.columns + column

    def step(self, at, moves):
        self.calls += 1
        self.walkers += len(at)
        self.alike += len(at) > 7 and len(moves.unique()) == 1
        if self.calls > CALLS:
            raise RuntimeError(f"the trees are tired: {CALLS} steps, by {self.walkers / self.calls:.0f} at a time")
        to = self._to(at, moves)
        through, struck = to == self.out, self.trees[to]
        done = through | struck
        reward = torch.where(through, 1.0, torch.where(struck, -0.2, -0.01))
        return torch.where(done, self.start, to), reward, done

    def chances(self, walker, steps=STEPS):
        """Chances of a walk: of getting through, of being struck, and of either by the first step."""
        with torch.no_grad():
            odds = walker(torch.arange(25)).double().softmax(1)
        here = torch.zeros(25, dtype=torch.float64)
        here[self.start] = 1.0
        through = struck = first = 0.0
        for n in range(steps):
            there = torch.zeros(25, dtype=torch.float64)
            for move in range(4):
                there.index_add_(0, self._to(torch.arange(25), torch.full((25,), move)), here * odds[:, move])
            through += float(there[self.out])
            struck += float(there[self.trees].sum())
            first = struck if n == 0 else first
            there[self.out] = 0.0
            there[self.trees] = 0.0
            here = there
        return through, struck, first


class Booth:
    """A world to find out in what a way of teaching does: whoever begins with east is paid, and else struck.

    In `near` that happens at once, in the other one step later, whatever that step is."""

    def __init__(self, near):
        self.near, self.start, self.out = near, 0, 24
        self.rows = self.columns = 5
        self.trees = torch.zeros(25, dtype=torch.bool)

    def step(self, at, moves):
        if self.near:
            return torch.zeros_like(at), torch.where(moves == 1, 1.0, -0.2), torch.ones_like(at).bool()
        first = at == 0
        paid = torch.where(at == 1, 1.0, -0.2)
        to = torch.where(first, torch.where(moves == 1, 1, 2), 0)
        return to, torch.where(first, -0.01, paid), ~first

    def east(self, spell):
        """How likely somebody who was taught here is to begin with east."""
        torch.manual_seed(3)
        walker = given_walker()
        spell.train(walker, self)
        with torch.no_grad():
            return float(walker(torch.zeros(1, dtype=torch.int64)).softmax(1)[0, 1])


def given_walker():
    """The walker as it was given; sights of the story build one like it for `walker.pt`."""
    return nn.Sequential(nn.Embedding(25, 32), nn.Tanh(), nn.Linear(32, 4))


def judge(grove, walker, causes):
    """Fails unless the walker gets through the grove; `causes()` looks for the reason where it does not."""
    through, struck, _ = grove.chances(walker)
    good = through >= THROUGH
    require(
        good,
        f"through in {THROUGH * 1000:.0f} of 1000 walks",
        f"through in {through * 1000:.0f}, struck in {struck * 1000:.0f}, still about at nightfall in {(1 - through - struck) * 1000:.0f}",
        mistakes={} if good else causes(through, struck),
    )


def causes(spell, grove):
    """What may be wrong with a way of teaching, found out by teaching in simpler worlds."""

    def look(through, struck):
        if through > 0.9:
            return {"by-a-hair": True}
        if grove.alike > 0.9 * grove.calls:
            return {"always-the-best": True}
        if grove.calls < 1000:
            return {"too-short": True}
        near = Booth(near=True).east(spell)
        if near < 0.6:
            return {"wrong-sign": near < 0.1, "other-moves": near < 0.35, "too-curious": True}
        if Booth(near=False).east(spell) < 0.6:
            return {"not-carried": True}
        return {"stands-about": through + struck < 0.9, "hardly-learnt": True}

    return look


def test_another_wood(spell, rng):
    """`train` teaches a new walker the way through a wood, whatever stands where"""
    grove = Grove(turned(int(rng.integers(1, 8))))
    walker = given_walker()
    before = [p.detach().clone() for p in walker.parameters()]
    spell.train(walker, grove)
    own = Grove(ROWS).chances(walker)[0] > 0.9
    require(grove.calls, "walkers in the wood", "nobody", mistakes={"own-wood": own, "never-taught": True})
    moved = any(not torch.equal(p, b) for p, b in zip(walker.parameters(), before, strict=True))
    require(moved, "a walker that has changed", "one that is as it was", mistakes={"no-step": True})
    judge(grove, walker, causes(spell, grove))


def test_kept():
    """`walker.pt` holds a walker as it was given, and it gets through the wood"""
    path = Path("walker.pt")
    require(path.is_file(), "a file `walker.pt`", "there is none", mistakes={"not-kept": True})
    walker = given_walker()
    try:
        walker.load_state_dict(torch.load(path, weights_only=True))
    except Exception:
        mistake("not-kept")
    judge(Grove(ROWS), walker, lambda through, _: {"by-a-hair": through > 0.9, "untaught-kept": True})
