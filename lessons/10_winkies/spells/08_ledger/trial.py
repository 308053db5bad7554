"""Whether the book has a column for everything, and says what was there."""

import copy
import math

import torch
from torch import nn
from torch.nn import functional as F

from oz.trial import require, same


class Book:
    """A writer that only remembers."""

    def __init__(self):
        self.lines = []
        self.several = False

    def add_scalar(self, tag, scalar_value, global_step=None, *_, **__):
        self.lines.append((str(tag), float(scalar_value), global_step))

    def add_scalars(self, main_tag, tag_scalar_dict, global_step=None, *_, **__):
        self.several = True

    def __getattr__(self, name):
        if name in ("flush", "close") or name.startswith("add_"):
            return lambda *_, **__: None
        raise AttributeError(name)


def _net(inputs=5, outputs=3):
    return nn.Sequential(
        nn.Linear(inputs, 8),
        nn.ReLU(),
        nn.Sequential(nn.Linear(8, 6), nn.Tanh()),
        nn.Linear(6, outputs),
    )


def _batch(rng, n):
    x = torch.tensor(rng.normal(size=(n, 5)), dtype=torch.float32)
    return x, torch.tensor(rng.integers(0, 3, size=n))


def test_norms(spell, rng):
    """`norms` says how long each gradient is, and leaves out what has none"""
    net = _net()
    net[3].bias.requires_grad_(False)
    x, y = _batch(rng, 7)
    F.cross_entropy(net(x), y).backward()
    asked = {n: p.grad.norm().item() for n, p in net.named_parameters() if p.grad is not None}
    try:
        got = spell.norms(net)
    except AttributeError as error:
        require(
            "NoneType" not in str(error),
            "parameters without a gradient left out",
            f"`{error}`",
            mistakes={"without-gradient": True},
        )
        raise
    require(
        isinstance(got, dict) and set(got) == set(asked),
        f"`{sorted(asked)}`",
        f"`{sorted(got) if isinstance(got, dict) else type(got).__name__}`",
        mistakes={"nothing-yet": not got, "noughts-for-none": got.get("3.bias") == 0.0},
    )
    require(
        not any(isinstance(n, torch.Tensor) for n in got.values()),
        "plain numbers",
        "tensors",
        mistakes={"still-tensors": True},
    )
    weights = {name: p.detach().norm().item() for name, p in net.named_parameters()}
    for name, norm in asked.items():
        same(
            got[name],
            norm,
            f"norm of the gradient of {name}",
            rtol=1e-3,
            atol=1e-7,
            mistakes={
                "norm-of-weight": lambda a, w=weights[name]: math.isclose(a, w, rel_tol=1e-3),
                "not-the-norm": True,
            },
        )


def test_layers(spell, rng):
    """`layers` says of each layer the mean, the spread and the share of noughts"""
    net = _net()
    net[0].register_forward_hook(lambda *_: None)
    x, _ = _batch(rng, 40)
    with torch.no_grad():
        first = net[0](x)
        second = first.relu()
        third = net[2][0](second)
        outputs = [first, second, third, third.tanh(), net[3](third.tanh())]
    names = ["0", "1", "2.0", "2.1", "3"]
    for training in (False, True):
        net.train(training)
        got = spell.layers(net, x)
        require(
            all(m.training == training for m in net.modules()),
            "the net in the mode in which it came, `train` or `eval`",
            "it has been switched to the other",
            mistakes={"other-mode": True},
        )
    left = sum(len(m._forward_hooks) for m in net.modules())
    require(
        left == 1,
        "no hook left behind",
        f"{left - 1} more than before",
        mistakes={"hooks-left": left > 1},
    )
    require(
        isinstance(got, dict) and list(got) == names,
        f"`{names}`",
        f"`{list(got) if isinstance(got, dict) else type(got).__name__}`",
        mistakes={"nothing-yet": not got, "containers": set(names) < set(got or ())},
    )
    for name, out in zip(names, outputs):
        require(
            not any(isinstance(value, torch.Tensor) for value in got[name]),
            "plain numbers",
            "tensors",
            mistakes={"still-tensors": True},
        )
        require(len(got[name]) == 3, "three numbers", f"{len(got[name])}")
        mean, std, noughts = got[name]
        same(mean, out.mean().item(), f"mean of {name}", rtol=1e-3, atol=1e-5)
        require(
            math.isclose(std, out.std().item(), rel_tol=0.02),
            f"a standard deviation of {out.std().item():.4f} for `{name}`",
            f"{std:.4f}",
        )
        same(
            noughts,
            (out == 0).float().mean().item(),
            f"share of noughts of {name}",
            rtol=1e-3,
            atol=1e-5,
            mistakes={"not-noughts": True},
        )


def test_keep_book(spell, rng):
    """`keep_book` writes loss and every gradient's norm, at every step"""
    net = _net()
    own = copy.deepcopy(net)
    batches = [_batch(rng, 6) for _ in range(5)]
    optimizer, asked = torch.optim.SGD(own.parameters(), lr=0.3), {}
    for step, (x, y) in enumerate(batches):
        loss = F.cross_entropy(own(x), y)
        optimizer.zero_grad()
        loss.backward()
        asked["loss", step] = loss.item()
        for name, p in own.named_parameters():
            asked[f"grad/{name}", step] = p.grad.norm().item()
        optimizer.step()
    book = Book()
    spell.keep_book(net, torch.optim.SGD(net.parameters(), lr=0.3), batches, book)
    require(
        not book.several,
        "a column for each number, by `add_scalar`",
        "`add_scalars`",
        mistakes={"curves-for-columns": True},
    )
    tags = {tag for tag, _, _ in book.lines}
    wanted = {tag for tag, _ in asked}
    require(
        tags == wanted,
        f"the columns `{sorted(wanted)[:3]}` …, {len(wanted)} of them",
        f"`{sorted(tags)[:4]}`, {len(tags)}",
        mistakes={
            "nothing-yet": not tags,
            "loss-only": tags == {"loss"},
            "one-column": tags <= {"loss", "grad", "norm", "grad_norm"},
        },
    )
    steps = sorted({step for _, _, step in book.lines}, key=str)
    require(
        steps == list(range(5)),
        "the steps 0 to 4",
        f"`{steps}`",
        mistakes={
            "no-step-number": steps == [None],
            "only-at-the-end": len(steps) == 1,
            "counted-from-one": steps == [1, 2, 3, 4, 5],
        },
    )
    require(len(book.lines) == len(asked), f"{len(asked)} numbers", f"{len(book.lines)}")
    written = {(tag, step): value for tag, value, step in book.lines}
    for (tag, step), value in asked.items():
        require(
            math.isclose(written[tag, step], value, rel_tol=1e-3, abs_tol=1e-6),
            f"{value:.4f} in `{tag}` at step {step}",
            f"{written[tag, step]:.4f}",
            mistakes={
                "after-clearing": written[tag, step] == 0.0,
                "not-trained": step > 0,
            },
        )


def test_dead(spell):
    """`dead`: the layer that gives nothing but noughts"""
    torch.manual_seed(0)
    widths = [16, 32, 32, 32]
    parts = [m for a, b in zip(widths, widths[1:]) for m in (nn.Linear(a, b), nn.ReLU())]
    net = nn.Sequential(*parts, nn.Linear(32, 4))
    with torch.no_grad():
        net[2].bias.fill_(1.0)
        net[4].bias.fill_(-9.0)
        silent, x = [], torch.randn(500, 16)
        for i, layer in enumerate(net):
            x = layer(x)
            if not x.any():
                silent.append(str(i))
    require(
        spell.dead in silent,
        "the name of a layer of which every output is nought",
        f"`{spell.dead!r}`",
        mistakes={"nothing-yet": spell.dead == "", "wrong-layer": True},
    )


def test_writer(spell):
    """and the program keeps its own book with a `SummaryWriter`"""
    require(
        spell.calls("torch.utils.tensorboard.SummaryWriter"),
        "`SummaryWriter`",
        "it is not called",
    )
