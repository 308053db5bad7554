"""Whether the hand-made BatchNorm is one, in training and afterwards, and whether reading is done in eval mode."""

import torch
from torch import nn

from oz.trial import require, same

TOOLS = (
    "torch.nn.BatchNorm2d",
    "torch.nn.BatchNorm1d",
    "torch.nn.SyncBatchNorm",
    "torch.nn.functional.batch_norm",
    "torch.batch_norm",
    "torch.native_batch_norm",
)


def _near(a, b):
    return a.shape == b.shape and torch.allclose(a, b, rtol=1e-4, atol=1e-5)


def _batch(rng, *shape):
    """Slips whose channels differ in shade and spread."""
    x = rng.normal(size=shape)
    c = shape[1]
    spread, shade = rng.uniform(0.3, 3, size=(1, c, 1, 1)), rng.uniform(-3, 3, size=(1, c, 1, 1))
    return torch.tensor(x * spread + shade, dtype=torch.float32)


def _pair(spell, rng, channels, **settings):
    """The player's level and PyTorch's, with the same weight and bias."""
    mine, asked = spell.Level(channels, **settings), nn.BatchNorm2d(channels, **settings)
    with torch.no_grad():
        for name in ("weight", "bias"):
            values = torch.tensor(rng.uniform(0.5, 2, size=channels), dtype=torch.float32)
            getattr(mine, name).copy_(values)
            getattr(asked, name).copy_(values)
    return mine, asked


def _training(x, level, eps):
    """What mistaken levels give in training, before weight and bias; by name."""
    mean, var = x.mean((0, 2, 3), keepdim=True), x.var((0, 2, 3), keepdim=True, correction=0)
    wide = x.var((0, 2, 3), keepdim=True)
    away = x - mean
    own = x - x.mean((2, 3), keepdim=True)
    made = {
        "place-by-place": (x - x.mean(0)) / torch.sqrt(x.var(0, correction=0) + eps),
        "one-for-all": (x - x.mean()) / torch.sqrt(x.var(correction=0) + eps),
        "slip-by-slip": own / torch.sqrt(x.var((2, 3), keepdim=True, correction=0) + eps),
        "n-minus-one": away / torch.sqrt(wide + eps),
        "no-root": away / (var + eps),
    }
    weight, bias = (t.detach()[:, None, None] for t in (level.weight, level.bias))
    known = {name: value * weight + bias for name, value in made.items()}
    return {**known, "not-learned": away / torch.sqrt(var + eps)}


def _names(known):
    return {name: (lambda t, v=value: _near(t.detach(), v)) for name, value in known.items()}


def test_by_hand(spell):
    """it is written out: PyTorch's BatchNorm is not asked"""
    require(
        not spell.calls(*TOOLS, inside="Level"),
        "no BatchNorm of PyTorch's in `Level`",
        "one is called",
        mistakes={"asked-batchnorm": True},
    )


def test_training(spell, rng):
    """in training `Level` brings every channel to one level, as `nn.BatchNorm2d` does"""
    for shape in ((4, 3, 5, 6), (2, 1, 3, 3), (7, 2, 2, 4), (1, 3, 4, 4)):
        mine, asked = _pair(spell, rng, shape[1])
        x = _batch(rng, *shape)
        same(
            mine(x),
            asked(x),
            f"Level({shape[1]})(x), x {shape}, in training",
            rtol=1e-4,
            atol=1e-5,
            mistakes=_names(_training(x, asked, 1e-5)),
        )
    x = _batch(rng, 3, 2, 4, 4) * 0.02
    mine, asked = _pair(spell, rng, 2, eps=1e-2)
    same(
        mine(x),
        asked(x),
        "Level(2, eps=1e-2)(x), for slips with hardly a difference in them",
        rtol=1e-4,
        atol=1e-5,
        mistakes={"eps-outside": True},
    )


def _remembered(batches, momentum, *, unbiased=True, swapped=False):
    """What is remembered after the batches: mean and variance."""
    new = 1 - momentum if swapped else momentum
    mean, var = torch.zeros(batches[0].shape[1]), torch.ones(batches[0].shape[1])
    for x in batches:
        mean = (1 - new) * mean + new * x.mean((0, 2, 3))
        var = (1 - new) * var + new * x.var((0, 2, 3), correction=int(unbiased))
    return mean, var


def test_remembers(spell, rng):
    """what it remembers after some batches is what `nn.BatchNorm2d` remembers"""
    for momentum in (0.1, 0.3):
        mine, asked = _pair(spell, rng, 3, momentum=momentum)
        batches = [_batch(rng, 3, 3, 2, 2) for _ in range(4)]
        for x in batches:
            mine(x.clone().requires_grad_())  # as behind a layer that learns
            asked(x)
        swapped = _remembered(batches, momentum, swapped=True)
        by_n = _remembered(batches, momentum, unbiased=False)
        untouched = torch.zeros(3), torch.ones(3)
        for i, name in enumerate(("running_mean", "running_var")):
            got = getattr(mine, name)
            require(
                isinstance(got, torch.Tensor) and not got.requires_grad,
                f"`{name}` without a graph",
                "it has one",
                mistakes={"remembers-graph": True},
            )
            same(
                got,
                getattr(asked, name),
                f"{name} after four batches, momentum={momentum}",
                rtol=1e-4,
                atol=1e-5,
                mistakes={
                    "place-by-place": lambda t: t.ndim > 1,
                    "remembers-nothing": lambda t, i=i: torch.equal(t, untouched[i]),
                    "forgets": lambda t, i=i: _near(t, swapped[i]),
                    "by-n": lambda t, i=i: i == 1 and _near(t, by_n[i]),
                },
            )
    require(
        {"running_mean", "running_var", "weight", "bias"} <= set(mine.state_dict()),
        "`running_mean` and `running_var` in the `state_dict`, beside `weight` and `bias`",
        f"{sorted(mine.state_dict())}",
    )


def test_afterwards(spell, rng):
    """in eval mode it goes by what it remembers, and each slip is read as it is read alone"""
    mine, asked = _pair(spell, rng, 2)
    for _ in range(3):
        x = _batch(rng, 4, 2, 3, 3)
        mine(x)
        asked(x)
    mine.eval()
    asked.eval()
    before = mine.running_mean.clone(), mine.running_var.clone()
    x = _batch(rng, 5, 2, 3, 3)
    together = mine(x)
    require(
        torch.equal(before[0], mine.running_mean) and torch.equal(before[1], mine.running_var),
        "what it remembers left alone in eval mode",
        "changed by looking",
        mistakes={
            "by-company": _near(together, _fresh(spell, mine)(x)),
            "learns-while-reading": True,
        },
    )
    same(
        together,
        asked(x),
        "Level(2).eval()(x)",
        rtol=1e-4,
        atol=1e-5,
        mistakes={"by-company": lambda t: _near(t, _fresh(spell, mine)(x))},
    )
    same(
        mine(x[:1]),
        together[:1],
        "the first slip, alone",
        rtol=1e-4,
        atol=1e-5,
        mistakes={"by-company": True},
    )


def _fresh(spell, level):
    """A new level in training mode, with the same weight and bias."""
    new = spell.Level(len(level.weight))
    new.load_state_dict(level.state_dict())
    return new.train()


def test_learns(spell, rng):
    """gradients go back through mean and spread as well"""
    for _ in range(2):
        mine, asked = _pair(spell, rng, 2)
        x = _batch(rng, 3, 2, 3, 4)
        push = torch.tensor(rng.normal(size=(3, 2, 3, 4)), dtype=torch.float32)
        answers = []
        for level in (mine, asked):
            leaf = x.clone().requires_grad_()
            (level(leaf) * push).sum().backward()
            answers.append((leaf.grad, level.weight.grad, level.bias.grad))
        for name, got, wanted in zip(("x", "weight", "bias"), *answers, strict=True):
            same(
                got,
                wanted,
                f"gradient of {name}",
                rtol=1e-3,
                atol=1e-4,
                mistakes={"graph-cut": name == "x"},
            )


def _reader(seed):
    """A small reader whose remembered level is not that of the slips."""
    torch.manual_seed(seed)
    model = nn.Sequential(
        nn.Conv2d(1, 6, 3), nn.BatchNorm2d(6), nn.ReLU(), nn.Flatten(), nn.Linear(216, 10)
    )
    with torch.no_grad():
        model[1].running_mean.normal_()
        model[1].running_var.uniform_(0.2, 3)
    return model


def test_read(spell, rng):
    """`read` gives one number for each slip, the same in any company, and leaves the model as it was"""
    for seed, mode in ((0, True), (1, False), (2, True)):
        model = _reader(seed).train(mode)
        slips = torch.tensor(rng.uniform(size=(6, 1, 8, 8)), dtype=torch.float32)
        truth = _reader(seed).eval()(slips).detach()
        in_training = _reader(seed).train()(slips).detach().argmax(1)
        before = {name: value.clone() for name, value in model.state_dict().items()}
        got = spell.read(model, slips)
        same(
            got,
            truth.argmax(1),
            "read(model, slips)",
            mistakes={
                "which-slip": lambda t, o=truth: tuple(t.shape) != (6,),
                "reads-in-training": lambda t, o=in_training, mode=mode: mode and torch.equal(t, o),
            },
        )
        require(
            all(torch.equal(before[name], value) for name, value in model.state_dict().items()),
            "the model as it was",
            "something in its `state_dict` changed",
            mistakes={"reads-in-training": True},
        )
        require(
            all(module.training == mode for module in model.modules()),
            f"the model left in {'training' if mode else 'eval'} mode, as it was handed over",
            "another mode",
            mistakes={"left-in-eval": mode, "left-in-training": not mode},
        )
        same(spell.read(model, slips[2:3]), truth[2:3].argmax(1), "read(model, one slip)")
