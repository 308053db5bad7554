"""Whether nothing is left behind: counted by the tensors with a graph, and the hooks, that are alive.

What there is is counted each time another batch is asked for: a leak shows long before the end.
"""

import copy
import gc

import torch
from torch import nn
from torch.nn import functional as F

from oz.trial import require, same


def _alive():
    """Tensors with a graph. What the trial does not make itself, the player's program did."""
    return sum(
        issubclass(type(thing), torch.Tensor) and not thing.is_leaf for thing in gc.get_objects()
    )


def _net():
    return nn.Sequential(nn.Linear(6, 9), nn.ReLU(), nn.Linear(9, 3))


def _batches(rng, count):
    return [
        (
            torch.tensor(rng.normal(size=(n, 6)), dtype=torch.float32),
            torch.tensor(rng.integers(0, 3, size=n)),
        )
        for n in rng.integers(1, 6, size=count)
    ]


def _as_it_was(net, awake):
    """Fails where `net`, which was in training mode if `awake`, is in the other, or cannot learn any more."""
    require(
        all(m.training == awake for m in net.modules()),
        f"the net in {'training' if awake else 'eval'} mode, as before",
        "it is in the other",
        mistakes={"other-mode": True},
    )
    require(
        all(p.requires_grad for p in net.parameters()),
        "parameters that want a gradient, as before",
        "they want none any more",
        mistakes={"frozen": True},
    )


class Watch:
    """Hands out batches one at a time, and counts before each what is alive."""

    def __init__(self, net, batches):
        self._of, self._given = net, batches
        self.graphs, self.hooks = [], []

    def __iter__(self):
        for batch in self._given:
            self.graphs.append(_alive())
            self.hooks.append(sum(len(m._forward_hooks) for m in self._of.modules()))
            yield batch

    @property
    def grown(self):
        """Tensors with a graph that came to be between the third batch and the last."""
        return self.graphs[-1] - self.graphs[2]


def test_buzzing(spell, rng):
    """`buzzing` counts the tensors that have a graph, and no others"""
    before = spell.buzzing()
    count = int(rng.integers(3, 9))
    leaf = torch.ones(2, requires_grad=True)
    more = [torch.ones(2, requires_grad=True) for _ in range(5)]
    plain = [torch.zeros(3) for _ in range(11)]
    swarm = [leaf * i for i in range(count)]
    got = spell.buzzing() - before
    del more, plain
    require(
        got == count,
        f"{count} more, when {count} products of a leaf have been made (and 6 leaves, and 11 plain tensors)",
        f"{got} more",
        mistakes={
            "nothing-yet": got == 0,
            "all-tensors": got == count + 17,
            "leaves-too": got == count + 6,
        },
    )
    swarm.clear()
    require(spell.buzzing() == before, "none of them when they are gone", "some are left")


def test_trained(spell, rng):
    """`trained` trains as before, and keeps nothing of a step but its number"""
    net, own = _net(), None
    own = copy.deepcopy(net)
    batches = _batches(rng, 9)
    optimizer, asked = torch.optim.SGD(own.parameters(), lr=0.2), []
    for x, y in batches:
        loss = F.cross_entropy(own(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        asked.append(loss.item())
    del loss
    watch = Watch(net, batches)
    losses, mean = spell.trained(net, torch.optim.SGD(net.parameters(), lr=0.2), iter(watch))
    require(
        not any(isinstance(loss, torch.Tensor) for loss in losses) and len(losses) == len(batches),
        f"{len(batches)} losses, as plain numbers",
        f"{len(losses)} of type `{type(losses[0]).__name__}`" if losses else "none",
        mistakes={"losses-with-graph": bool(losses)},
    )
    require(
        not isinstance(mean, torch.Tensor),
        "the mean as a plain number",
        "a tensor",
        mistakes={"total-with-graph": True},
    )
    require(
        watch.grown <= 0,
        "no more graphs after nine batches than after three",
        f"{watch.grown} more",
        mistakes={"losses-with-graph": True},
    )
    same(losses, asked, "the losses", rtol=1e-3, mistakes={"not-trained": True})
    same(mean, sum(asked) / len(asked), "their mean", rtol=1e-3)


def test_overheard(spell, rng):
    """`overheard` listens, and takes its hooks away again"""
    net = _net()
    net[0].register_forward_hook(lambda *_: None)
    batches = _batches(rng, 8)
    with torch.no_grad():
        asked = [net[0](x).mean().item() for x, _ in batches]
    watch = Watch(net, batches)
    heard = spell.overheard(net, iter(watch))
    _as_it_was(net, True)
    left = len(net[0]._forward_hooks) - 1
    require(
        left <= 0,
        "no hook left behind",
        f"{left} left on the first layer",
        mistakes={"hooks-stay": True},
    )
    require(left == 0, "hooks of others left alone", "one that was there is gone")
    require(
        max(watch.hooks) <= 2,
        "one hook at a time",
        f"{max(watch.hooks) - 1} at once, by the last batch",
        mistakes={"hooks-grow": True},
    )
    require(
        not any(isinstance(mean, torch.Tensor) and mean.requires_grad for mean in heard)
        and watch.grown <= 0,
        "means without a graph",
        f"{watch.grown} graphs more after eight batches than after three",
        mistakes={"means-with-graph": True},
    )
    same(
        [float(mean) for mean in heard],
        asked,
        "what was heard",
        rtol=1e-4,
        atol=1e-5,
    )


def test_answers(spell, rng):
    """`answers` asks without recording"""
    for awake in (True, False):
        _asked(spell, _net().train(awake), _batches(rng, 7))


def _asked(spell, net, batches):
    awake = net.training
    with torch.no_grad():
        asked = torch.cat([net(x) for x, _ in batches])
    watch = Watch(net, batches)
    said = spell.answers(net, iter(watch))
    require(
        not said.requires_grad,
        "answers without a graph",
        "a graph through all of them",
        mistakes={"answers-recorded": True},
    )
    require(
        watch.grown <= 0,
        "no graph kept while it asks",
        f"{watch.grown} more after seven batches than after three",
        mistakes={"detached-late": True},
    )
    _as_it_was(net, awake)
    same(said, asked, "the answers", requires_grad=False, rtol=1e-4, atol=1e-5)
    require(torch.is_grad_enabled(), "recording on again afterwards", "it is off")
