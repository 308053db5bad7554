"""Whether a day in late summer asks no more of the hive than one in spring: counted in operations,
graph nodes, parameters and what is kept, never in seconds."""

import ast
import copy

import torch
from torch import nn
from torch.nn import functional as F
from torch.profiler import ProfilerActivity, profile

from oz.trial import mistake, require, same

TWICE = "Trying to backward through the graph a second time"


class Old(nn.Module):
    """The hive as it was."""

    def __init__(self):
        super().__init__()
        self.look, self.out = nn.Linear(4, 8), nn.Linear(8, 1)
        self.scale = nn.Parameter(torch.ones(1))
        self.memory = torch.zeros(8)

    def forward(self, x):
        self.memory = 0.9 * self.memory + 0.1 * torch.tanh(self.look(x)).mean(dim=0)
        return self.scale * self.out(self.memory)


def _count(step):
    with profile(activities=[ProfilerActivity.CPU]) as seen:
        step()
    return {event.key: event.count for event in seen.key_averages()}


def _nodes(tensor):
    """Nodes of the graph behind `tensor`."""
    seen, waiting = set(), [tensor.grad_fn]
    while waiting:
        node = waiting.pop()
        if node is not None and node not in seen:
            seen.add(node)
            waiting += [following for following, _ in node.next_functions]
    return len(seen)


def _day(rng):
    n = int(rng.integers(1, 6))
    x = torch.tensor(rng.normal(size=(n, 4)), dtype=torch.float32)
    return x, torch.tensor(rng.normal(size=1), dtype=torch.float32)


def _work(spell, hive, optimizer, x, y):
    try:
        return spell.work(hive, optimizer, x, y)
    except RuntimeError as error:
        if TWICE in str(error):
            mistake("graph-twice")
        raise


def test_hum(spell, rng):
    """`hum` counts the operations of one call of any `step`"""
    calls = []
    many = int(rng.integers(3, 8))
    a = torch.ones(4, 4)

    def step():
        calls.append(1)
        for _ in range(many):
            torch.mm(a, a)
        torch.sigmoid(a)

    asked = {"aten::mm": many, "aten::sigmoid": 1}
    got = spell.hum(step)
    require(
        isinstance(got, dict),
        "a dict of names and counts",
        f"`{type(got).__name__}`",
        mistakes={"a-table": isinstance(got, str)},
    )
    require(
        got or not calls,
        f"`{asked}`, among others",
        "an empty dict",
        mistakes={"not-watched": bool(calls)},
    )
    require(
        len(calls) == 1,
        "`step` called once",
        f"{len(calls)} times",
        mistakes={"nothing-yet": not calls, "called-twice": len(calls) > 1},
    )
    came = {name: got.get(name) for name in asked}
    require(
        came == asked,
        f"`{asked}`, among others",
        f"`{came}`",
        mistakes={
            "not-counted": came["aten::mm"] == 1,
            "time-not-count": isinstance(came["aten::sigmoid"], (int, float)),
        },
    )


def test_grows(spell, rng):
    """`grows` is an operation of which the old hive asked more every day"""
    hive = Old()
    x, y = _day(rng)

    def old_day():
        F.mse_loss(hive(x), y).backward(retain_graph=True)

    days = [_count(old_day) for _ in range(5)]
    growing = {name for name in days[4] if days[4][name] > days[2].get(name, 0)}
    require(
        spell.grows in growing,
        "a name from the hum of the starter whose count grows from day to day",
        f"`{spell.grows!r}`"
        + (
            f", {days[2][spell.grows]} times on day 2 and {days[4][spell.grows]} on day 4"
            if spell.grows in days[4]
            else ""
        ),
        mistakes={"nothing-yet": spell.grows == "", "does-not-grow": spell.grows in days[4]},
    )


def test_work(spell, rng):
    """a day's work asks only about that day, and the hive remembers all of them"""
    hive = spell.Hive()
    optimizer = torch.optim.SGD(hive.parameters(), lr=0.05)
    memory = torch.zeros(8)
    said = spell.Hive()(_day(rng)[0])
    require(said.shape == (1,), "one number a day, `(1,)`", f"`{tuple(said.shape)}`")
    for day in range(5):
        x, y = _day(rng)
        own = copy.deepcopy({k: v.detach() for k, v in hive.named_parameters()})
        leaves = {k: v.clone().requires_grad_() for k, v in own.items()}
        seen = torch.tanh(F.linear(x, leaves["look.weight"], leaves["look.bias"])).mean(dim=0)
        now = 0.9 * memory + 0.1 * seen
        said = leaves["scale"] * F.linear(now, leaves["out.weight"], leaves["out.bias"])
        loss = F.mse_loss(said, y)
        slopes = dict(zip(leaves, torch.autograd.grad(loss, list(leaves.values()))))
        got = _work(spell, hive, optimizer, x, y)
        same(
            hive.memory.detach(),
            now.detach(),
            f"what the hive remembers after day {day}",
            mistakes={"forgets": lambda t, s=seen: torch.allclose(t, 0.1 * s.detach(), atol=1e-6)},
            rtol=1e-4,
            atol=1e-6,
        )
        same(got, loss.item(), f"the loss of day {day}", rtol=1e-3, atol=1e-5)
        for name, p in hive.named_parameters():
            same(
                p.detach(),
                own[name] - 0.05 * slopes[name],
                f"{name} after day {day}",
                rtol=1e-3,
                atol=1e-5,
                mistakes={
                    "today-cut": name.startswith("look") and torch.equal(p.detach(), own[name]),
                    "memory-with-graph": day > 0 and name.startswith("look"),
                },
            )
        memory = now.detach()


def test_the_same_hum(spell, rng):
    """and a late day hums like an early one"""
    hive = spell.Hive()
    optimizer = torch.optim.SGD(hive.parameters(), lr=0.05)
    x, y = _day(rng)
    days, nodes = [], []
    for _ in range(6):
        days.append(sum(_count(lambda: _work(spell, hive, optimizer, x, y)).values()))
        nodes.append(_nodes(hive.memory))
    require(
        days[5] <= days[2] and nodes[5] <= nodes[2],
        f"{days[2]} operations on day 5, as on day 2",
        f"{days[5]}",
        mistakes={"memory-with-graph": True},
    )
    require(
        not any(
            keyword.arg == "retain_graph" and getattr(keyword.value, "value", False)
            for node in ast.walk(spell.tree)
            for keyword in getattr(node, "keywords", [])
        ),
        "no `retain_graph`, since nobody comes back",
        "`retain_graph=True`",
        mistakes={"still-retained": True},
    )


def test_comb(spell, rng):
    """`comb` holds what was seen on the last day, and no graph"""
    hive = spell.Hive()
    require(list(hive.comb) == [], "an empty comb, before the first day", "something in it")
    optimizer = torch.optim.SGD(hive.parameters(), lr=0.0)
    for _ in range(4):
        x, y = _day(rng)
        _work(spell, hive, optimizer, x, y)
    require(
        len(hive.comb) == 1,
        "one day in the comb",
        f"{len(hive.comb)}, after 4 days",
        mistakes={"comb-grows": len(hive.comb) == 4, "comb-empty": not hive.comb},
    )
    seen = hive.comb[0]
    require(
        not seen.requires_grad,
        "nothing hanging on it",
        "a graph",
        mistakes={"comb-with-graph": True},
    )
    with torch.no_grad():
        asked = torch.tanh(hive.look(x)).mean(dim=0)
    same(seen, asked, "what is in the comb", rtol=1e-4, atol=1e-5)


def test_new_season(spell, rng):
    """`new_season` sets the scale back, and the optimizer has what it had"""
    hive = spell.Hive()
    optimizer = torch.optim.SGD(hive.parameters(), lr=0.05)
    before = sum(len(group["params"]) for group in optimizer.param_groups)
    for _ in range(3):
        x, y = _day(rng)
        _work(spell, hive, optimizer, x, y)
        spell.new_season(hive, optimizer)
    require(hive.scale.item() == 1.0, "a scale of 1", f"{hive.scale.item():.3f}")
    held = [p for group in optimizer.param_groups for p in group["params"]]
    require(
        len(held) == before,
        f"{before} parameters in the optimizer, as before",
        f"{len(held)}, after three seasons",
        mistakes={"groups-grow": True},
    )
    require(
        any(p is hive.scale for p in held),
        "the scale of the hive among them",
        "an old one, which nobody uses any more",
        mistakes={"scale-left-behind": True},
    )
    require(
        isinstance(hive.scale, nn.Parameter) and hive.scale.requires_grad,
        "a scale that is still a parameter, and asked",
        "it is not",
    )
