"""Whether the King learns with all of himself, and whether the player's own tests would have found it out."""

import copy

import torch
from torch import nn
from torch.nn import functional as F

from oz.trial import require, same

ASKED = {
    "eye.weight": (32, 64),
    "eye.bias": (32,),
    "throat.weight": (32, 32),
    "throat.bias": (32,),
    "beak.weight": (10, 32),
    "beak.bias": (10,),
}


class _Bird(nn.Module):
    """A net of three layers of which some do not learn, for one reason or another."""

    def __init__(self, cut=False, spare=False):
        super().__init__()
        self.a, self.b, self.c = nn.Linear(6, 9), nn.Linear(9, 9), nn.Linear(9, 4)
        self.cut = cut
        if spare:
            self.spare = nn.Linear(2, 2)

    def forward(self, x):
        x = torch.tanh(self.a(x))
        return self.c(torch.tanh(self.b(x.detach() if self.cut else x)))


def _birds():
    bird = _Bird(cut=True)
    yield "a net that is cut after its first layer", bird, bird.parameters(), ["a.weight", "a.bias"]
    bird = _Bird()
    some = [*bird.a.parameters(), *bird.b.parameters()]
    yield "an optimizer that was not given the last layer", bird, some, ["c.weight", "c.bias"]
    bird = _Bird()
    bird.b.weight.requires_grad_(False)
    yield "a net with a weight that is held", bird, bird.parameters(), ["b.weight"]
    bird = _Bird(spare=True)
    asked = ["spare.weight", "spare.bias"]
    yield "a net with a layer that is never called", bird, bird.parameters(), asked
    bird = _Bird()
    yield "a net that learns with all it has", bird, bird.parameters(), []


def _batch(rng, n, wide, kinds):
    x = torch.tensor(rng.normal(size=(n, wide)), dtype=torch.float32)
    return x, torch.tensor(rng.integers(0, kinds, size=n))


def test_unmoved(spell, rng):
    """`unmoved` names what a step does not move, whatever the reason"""
    for words, bird, given, asked in _birds():
        optimizer = torch.optim.SGD(given, lr=0.1, momentum=0.9)
        x, y = _batch(rng, 8, 6, 4)
        for p in bird.parameters():  # what is left of an earlier step, and must not count
            p.grad = torch.ones_like(p)
        before = {name: p.detach().clone() for name, p in bird.named_parameters()}
        got = spell.unmoved(bird, optimizer, x, y)
        came = sorted(got) if got is not None else []
        names = sorted(before)
        still = [name for name in names if torch.equal(before[name], bird.get_parameter(name))]
        cleared = all(
            p.grad is None or not torch.equal(p.grad, torch.ones_like(p))
            for name, p in bird.named_parameters()
            if name in asked
        )
        by_grad = [name for name in names if bird.get_parameter(name).grad is None]
        held = {id(p) for group in optimizer.param_groups for p in group["params"]}
        by_list = [name for name in names if id(bird.get_parameter(name)) not in held]
        require(
            came == sorted(asked),
            f"`{sorted(asked)}` of {words}",
            f"`{came}`",
            mistakes={
                "nothing-yet": not came and still == names,
                "no-step": still == names,
                "alias": came == names,
                "moved-instead": came == [name for name in names if name not in asked],
                "stale": not cleared and came == still,
                "grad-only": came == by_grad,
                "list-only": came == by_list,
            },
        )
        require(still == sorted(asked), "one step", "no step was taken", mistakes={"no-step": True})


def test_shuffled(spell, rng):
    """`shuffled` gives every row once, in another order, each with its own answer"""
    for n in (40, 7, 1):
        x = torch.tensor(rng.normal(size=(n, 3)), dtype=torch.float32)
        y = torch.arange(n)
        torch.manual_seed(int(rng.integers(1000)))
        got_x, got_y = spell.shuffled(x.clone(), y.clone())
        require(
            sorted(got_y.tolist()) == y.tolist(),
            "every row once",
            f"answers `{got_y.tolist()[:8]}` …",
            mistakes={"some-twice": True},
        )
        require(
            torch.equal(got_x, x[got_y]),
            "each row with its own answer",
            "rows with other rows' answers",
            mistakes={"two-orders": torch.equal(got_x.sort(dim=0)[0], x.sort(dim=0)[0])},
        )
        require(
            n < 20 or not torch.equal(got_y, y),
            "another order",
            "the order that there was",
            mistakes={"not-shuffled": True},
        )


def test_by_heart(spell, rng):
    """`by_heart` trains on the same rows so many times, and tells the losses"""
    for steps in (6, 1):
        net = nn.Sequential(nn.Linear(6, 9), nn.Tanh(), nn.Linear(9, 4))
        own = copy.deepcopy(net)
        x, y = _batch(rng, 10, 6, 4)
        optimizer = torch.optim.SGD(own.parameters(), lr=0.4)
        asked = []
        for _ in range(steps):
            loss = F.cross_entropy(own(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            asked.append(loss.item())
        got = spell.by_heart(net, torch.optim.SGD(net.parameters(), lr=0.4), x, y, steps)
        require(
            isinstance(got, (list, tuple)) and len(got) == steps,
            f"{steps} losses",
            f"{len(got)}" if isinstance(got, (list, tuple)) else f"`{type(got).__name__}`",
            mistakes={"nothing-yet": not got},
        )
        require(
            not any(isinstance(loss, torch.Tensor) for loss in got),
            "plain numbers",
            "tensors",
            mistakes={"losses-with-graph": True},
        )
        same(list(got), asked, "the losses", rtol=1e-3, mistakes={"not-by-heart": True})


def test_hatch(spell, rng):
    """the King has ten kinds, and a step moves all of him"""
    king, optimizer = spell.hatch()
    shapes = {name: tuple(p.shape) for name, p in king.named_parameters()}
    require(
        shapes == ASKED,
        "a King with a beak for ten kinds, else as he was",
        str({k: v for k, v in shapes.items() if ASKED.get(k) != v} or shapes),
        mistakes={"five-kinds": shapes.get("beak.weight") == (5, 32)},
    )
    x, y = _batch(rng, 16, 64, 10)
    before = {name: p.detach().clone() for name, p in king.named_parameters()}
    optimizer.zero_grad()
    F.cross_entropy(king(x), y).backward()
    optimizer.step()
    still = [name for name, p in king.named_parameters() if torch.equal(p, before[name])]
    require(
        not still,
        "every parameter moved",
        f"`{still}` did not",
        mistakes={
            "detached": "eye.weight" in still and king.eye.weight.grad is None,
            "old-optimizer": "beak.weight" in still,
        },
    )
    with torch.no_grad():
        seen = torch.relu(king.eye(x))
        asked = king.beak(torch.relu(king.throat(seen)))
        same(king(x), asked, "what the King says", rtol=1e-4, atol=1e-5)


def test_learns(spell, rng):
    """and he learns sixteen rows by heart"""
    king, optimizer = spell.hatch()
    x, y = _batch(rng, 16, 64, 10)
    losses = spell.by_heart(king, optimizer, x, y, 150)
    require(losses[-1] < 0.1, "a loss below 0.1 after 150 steps", f"{losses[-1]:.3f}")
