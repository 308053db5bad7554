"""Whether every parameter is moved once, by the rate that it should be; asked of the optimizer, and seen in a step."""

import math

import torch
from torch import nn

from oz.trial import require


def models(rng):
    """Models of several depths, frozen in part or whole, and what they are asked."""
    width = int(rng.integers(4, 9))
    made = [
        (nn.Sequential(nn.Linear(5, width), nn.ReLU(), nn.Linear(width, 3)), (5,)),
        (
            nn.Sequential(
                nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.AvgPool2d(2), nn.Flatten(), nn.Linear(36, 2)
            ),
            (1, 8, 8),
        ),
        (
            nn.Sequential(
                nn.Sequential(nn.Linear(5, width), nn.LayerNorm(width), nn.ReLU()),
                nn.Sequential(nn.Linear(width, width), nn.ReLU()),
                nn.ReLU(),
                nn.Linear(width, 4),
            ),
            (5,),
        ),
    ]
    for i, (model, shape) in enumerate(made):
        model[:-1].requires_grad_(False)
        if i == 2:
            model[-1].requires_grad_(False)
        yield model, torch.tensor(rng.normal(size=(20, *shape)), dtype=torch.float32)


def rates(optimizer, model, asked, words):
    """The rate of every parameter, if each is in one group."""
    require(
        isinstance(optimizer, torch.optim.Optimizer),
        f"an optimizer from {words}",
        f"`{type(optimizer).__name__}`",
    )
    names = {id(p): name for name, p in model.named_parameters()}
    got = {}
    for group in optimizer.param_groups:
        for parameter in group["params"]:
            got[names.get(id(parameter), "another")] = group["lr"]
    missing = [name for name in asked if name not in got]
    require(
        not missing,
        f"a rate for every parameter, from {words}",
        f"none for `{'`, `'.join(missing[:4])}`",
        mistakes={"left-out": True},
    )
    require("another" not in got, "parameters of the model", "others among them")
    return got


def compared(got, asked, words, mistakes):
    unlike = [name for name in asked if not math.isclose(got[name], asked[name], rel_tol=1e-6)]
    first = (*unlike, "")[0]
    require(
        not unlike,
        f"{asked.get(first, 0):g} for `{first}`, from {words}",
        f"{got.get(first, 0):g}",
        mistakes=mistakes,
    )


def thawed(model):
    still = [name for name, p in model.named_parameters() if not p.requires_grad]
    require(
        not still,
        "a model that can learn, all of it",
        f"`{(*still, '')[0]}` wants no gradient",
        mistakes={"not-thawed": True},
    )


def stepped(model, optimizer, x):
    """How far a step of Adam moves each parameter: about its rate, in every number."""
    before = {name: p.detach().clone() for name, p in model.named_parameters()}
    torch.manual_seed(1)
    out = model(x)
    loss = (out * torch.randn_like(out)).sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return {name: (p.detach() - before[name]).abs().max().item() for name, p in model.named_parameters()}


def moves(model, optimizer, x, asked, words):
    far = stepped(model, optimizer, x)
    for name, rate in asked.items():
        require(
            math.isclose(far[name], rate, rel_tol=0.05),
            f"a first step of {rate:g} for `{name}`, as Adam takes it, from {words}",
            f"{far[name]:g}",
            mistakes={"not-adam": True},
        )


def test_two(spell, rng):
    """`two_rates`: the last layer by the one rate, all the rest by the other, nothing frozen, nothing left out"""
    for model, x in models(rng):
        body_lr, head_lr = float(rng.uniform(1e-4, 9e-4)), float(rng.uniform(2e-3, 9e-3))
        optimizer = spell.two_rates(model, body_lr, head_lr)
        last = f"{len(model) - 1}."
        asked = {n: head_lr if n.startswith(last) else body_lr for n, _ in model.named_parameters()}
        got = rates(optimizer, model, asked, "two_rates(model, body_lr, head_lr)")
        compared(
            got,
            asked,
            "two_rates(model, body_lr, head_lr)",
            {
                "default-rate": 1e-3 in got.values(),
                "one-rate": len(set(got.values())) == 1,
                "swapped": all(got[n] == (body_lr if n.startswith(last) else head_lr) for n in asked),
            },
        )
        thawed(model)
        moves(model, optimizer, x, asked, "two_rates(model, body_lr, head_lr)")


def test_by_depth(spell, rng):
    """`by_depth`: the last layer that learns by `lr`, each before it by `factor` times the one after it"""
    for model, x in models(rng):
        lr, factor = float(rng.uniform(5e-3, 2e-2)), float(rng.uniform(0.2, 0.6))
        words = f"by_depth(model, {lr:.4f}, {factor:.2f})"
        layers = [i for i, layer in enumerate(model) if any(True for _ in layer.parameters())]
        order = {str(layer): len(layers) - 1 - i for i, layer in enumerate(layers)}
        deep = {str(layer): len(model) - 1 - layer for layer in layers}
        tensors = [name for name, _ in model.named_parameters()][::-1]

        def by(rule):
            return {n: lr * factor ** rule(n) for n, _ in model.named_parameters()}

        asked = by(lambda n: order[n.split(".")[0]])
        got = rates(spell.by_depth(model, lr, factor), model, asked, words)

        def close(other):
            return all(math.isclose(got[n], other[n], rel_tol=1e-6) for n in got)

        compared(
            got,
            asked,
            words,
            {
                "one-rate": len(set(got.values())) == 1,
                "counts-all": close(by(lambda n: deep[n.split(".")[0]])),
                "upside-down": close(by(lambda n: len(layers) - 1 - order[n.split(".")[0]])),
                "by-tensor": close(by(tensors.index)),
                "head-too": close(by(lambda n: order[n.split(".")[0]] + 1)),
                "not-times": len(set(got.values())) == 2,
            },
        )
        thawed(model)
        moves(model, spell.by_depth(model, lr, factor), x, asked, words)


def test_bare(spell):
    """neither minds a model that is a head and nothing else, or layers with nothing to learn"""
    for model in (nn.Sequential(nn.Flatten(), nn.Linear(4, 2)), nn.Sequential(nn.ReLU(), nn.ReLU(), nn.Linear(4, 2))):
        for optimizer, words in (
            (spell.two_rates(model, 1e-4, 1e-2), "two_rates(model, 0.0001, 0.01)"),
            (spell.by_depth(model, 1e-2, 0.5), "by_depth(model, 0.01, 0.5)"),
        ):
            asked = {name: 1e-2 for name, _ in model.named_parameters()}
            compared(rates(optimizer, model, asked, words), asked, words, {"counts-all": True})
