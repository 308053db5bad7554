"""Whether a reader trained in mixed precision lays by fewer bytes, goes the steps in order, and reads as well.

Nothing here is measured in seconds. The marks are measured in tests/benchmarks/test_marks_hammerheads.py.
"""

import copy
import math
from pathlib import Path

import pytest
import torch
from sklearn.datasets import load_digits
from torch import nn
from torch.optim.optimizer import register_optimizer_step_pre_hook

from oz.trial import mistake, require
from oz.trial.machines import NVIDIA, PLAIN, WITHOUT

READS = 0.96
"""Share of held-out slates that have to be read right."""
BYTES = 0.75
"""Bytes laid by for the way back, as a share of those in `float32`."""


class Watch(torch.autograd.Function):
    """Lets everything through, and notes what comes by, there and back."""

    there: list = []
    back: list = []

    @staticmethod
    def forward(x):
        Watch.there.append((x.dtype, len(x)))
        return x.clone()

    @staticmethod
    def setup_context(ctx, inputs, output):
        pass

    @staticmethod
    def backward(ctx, grad):
        on = any(torch.is_autocast_enabled(kind) for kind in ("cpu", "cuda"))
        Watch.back.append((on, float(grad.detach().abs().max())))
        return grad


class Watched(nn.Module):
    """A reader with somebody at its door."""

    def __init__(self, reader):
        super().__init__()
        self.reader = reader

    def forward(self, x):
        return Watch.apply(self.reader(x))


@pytest.fixture(autouse=True)
def nothing_in_force(spell):
    """What a program left behind is told in the check about it; here it is taken back."""
    _still_on()
    Watch.there.clear()
    Watch.back.clear()
    yield
    _still_on()


def _still_on():
    on = any(torch.is_autocast_enabled(kind) for kind in ("cpu", "cuda"))
    for kind in ("cpu", "cuda"):
        torch.set_autocast_enabled(kind, False)
    torch.clear_autocast_cache()
    return on


def slates(rng, learn):
    """Slates to learn from and slates held out."""
    digits = load_digits()
    x = torch.tensor(digits.images / 16, dtype=torch.float32).unsqueeze(1)
    y = torch.tensor(digits.target)
    order = torch.from_numpy(rng.permutation(len(x)))
    return (x[order[:learn]], y[order[:learn]]), (x[order[1437:]], y[order[1437:]])


class Shelf:
    """Counts what is laid by between one step of an optimizer and the next, each storage once."""

    def __init__(self, owned):
        self.home = {t.untyped_storage().data_ptr() for t in owned}
        self.seen, self.bytes = {}, 0

    def pack(self, t):
        self.seen[t.untyped_storage().data_ptr()] = t.untyped_storage().nbytes()
        return t.detach()

    def next_step(self, *_):
        self.bytes += sum(n for at, n in self.seen.items() if at not in self.home)
        self.seen.clear()

    def __enter__(self):
        self.hooks = torch.autograd.graph.saved_tensors_hooks(self.pack, lambda t: t)
        self.hooks.__enter__()
        self.handle = register_optimizer_step_pre_hook(self.next_step)
        return self

    def __exit__(self, *_):
        self.handle.remove()
        self.hooks.__exit__()
        self.next_step()


def wide_bytes(model, x, y, rows):
    """Bytes laid by for one slate of a batch of so many, in `float32`, by a model like this one."""
    model = copy.deepcopy(model).float().train()
    batch = x[:rows].clone()
    with Shelf([*model.parameters(), batch]) as shelf:
        nn.functional.cross_entropy(model(batch), y[:rows]).backward()
    return shelf.bytes / rows


def kept_light(spell, model, x, y, dtype, **more):
    """Trains for an epoch; gives bytes laid by, as a share of those in `float32`, and whether an order was left on."""
    wide = copy.deepcopy(model)
    with Shelf([*model.parameters(), x]) as shelf:
        spell.train(model, x, y, dtype, **more)
    left = _still_on()
    sizes = [rows for _, rows in Watch.there]
    batches = {rows: wide_bytes(wide, x, y, rows) for rows in set(sizes)}
    return shelf.bytes / max(1.0, sum(rows * batches[rows] for rows in sizes)), left


def test_light(spell, rng):
    """what is laid by for the way back is at most three quarters of what it is in `float32`"""
    (x, y), _ = slates(rng, 160)
    model = Watched(spell.make_reader())
    before = [p.detach().clone() for p in model.parameters()]
    share, left = kept_light(spell, model, x, y, torch.bfloat16, epochs=1)
    kinds = {p.dtype for p in model.parameters()}
    require(
        kinds == {torch.float32},
        "the parameters in `float32` all along",
        "narrow ones",
        mistakes={"half-model": True},
    )
    require(Watch.there, "the model to be called", "it was not", mistakes={"nothing-yet": True})
    require(not left, "no order in force afterwards", "autocast is still on", mistakes={"left-on": True})
    require(
        share <= BYTES,
        f"at most {BYTES} of the bytes",
        f"{share:.2f}",
        mistakes={
            "no-order": all(kind == torch.float32 for kind, _ in Watch.there),
            "too-little-narrow": True,
        },
    )
    require(Watch.back, "a way back", "none", mistakes={"nothing-yet": True})
    require(
        not any(on for on, _ in Watch.back),
        "every way back outside autocast",
        "inside",
        mistakes={"backward-inside": True},
    )
    moved = any(not torch.equal(p, b) for p, b in zip(model.parameters(), before, strict=True))
    require(moved, "the parameters to move", "they are where they were", mistakes={"no-step": True})


def _norms(spell, dtype, x, y, max_norm):
    """The norm of the gradients at each step that an optimizer takes, and how high the way back began."""
    torch.manual_seed(3)
    model = Watched(spell.make_reader())
    found = []

    def look(optimizer, *_):
        grads = [p.grad for group in optimizer.param_groups for p in group["params"] if p.grad is not None]
        found.append(math.sqrt(sum(float(g.double().square().sum()) for g in grads)))

    handle = register_optimizer_step_pre_hook(look)
    try:
        spell.train(model, x, y, dtype, max_norm=max_norm, epochs=2)
    finally:
        handle.remove()
    left = _still_on()
    require(not left, "no order in force afterwards", "autocast is still on", mistakes={"left-on": True})
    require({kind for kind, _ in Watch.there} == {dtype}, f"the way forward in `{dtype}`", "another width", mistakes={"own-dtype": True})
    return found, [high for _, high in Watch.back]


def test_ladder(spell, rng):
    """in `float16` the loss is raised, brought down, and only then clipped; in `bfloat16` just clipped"""
    (x, y), _ = slates(rng, 48)
    for dtype in (torch.float16, torch.bfloat16):
        Watch.there.clear()
        Watch.back.clear()
        short = str(dtype)[6:]
        found, high = _norms(spell, dtype, x, y, 0.01)
        require(found, f"a step in `{short}`", "none", mistakes={"no-step": True})
        if dtype == torch.float16:
            raised = max(high) > 1.0
            require(raised, "a loss that is raised for the way back in `float16`", "one as it was", mistakes={"not-raised": True})
        finite = [n for n in found if math.isfinite(n)]
        top, low = max(finite, default=0.0), min(finite, default=0.0)
        require(
            len(finite) == len(found) and 0.009 < low and top < 0.0101,
            f"gradients clipped to 0.01 when the optimizer steps, in `{short}`",
            f"of norm {found[-1]:.3g}",
            mistakes={
                "past-the-scaler": len(finite) < len(found),
                "clip-first": top < 0.009,
                "not-clipped": top > 0.0101,
            },
        )


def test_burst(spell):
    """where something bursts in `float16` the step is left out, and the reader stays whole"""
    x = torch.full((32, 1, 8, 8), 0.5)
    x[3] = 1e30
    model = Watched(nn.Sequential(nn.Flatten(), nn.Linear(64, 10)))
    spell.train(model, x, torch.arange(32) % 10, torch.float16, epochs=1)
    _still_on()
    require(
        all(bool(p.isfinite().all()) for p in model.parameters()),
        "finite parameters",
        "`nan`",
        mistakes={"past-the-scaler": True},
    )


def test_pick(spell):
    """`pick()` finds the accelerator where there is one, and else takes `bfloat16` on the `cpu`"""
    for machine in (PLAIN, WITHOUT, NVIDIA):
        with machine.pretend():
            device, dtype = spell.pick()
        require(
            torch.device(device).type == machine.device.type,
            f"`{machine.device.type}` on {machine.name}",
            f"`{device}`",
            mistakes={"always-here": machine.has is not None, "no-such-device": True},
        )
        require(
            dtype == torch.bfloat16 or (dtype == torch.float16 and machine.has),
            "sixteen bits; on the `cpu`, `torch.bfloat16`",
            f"`{dtype}`",
            mistakes={"half-on-cpu": dtype == torch.float16},
        )


def test_accuracy(spell, rng):
    """`accuracy` is the share read right, by a model that is not learning"""
    (x, y), _ = slates(rng, 50)
    model = nn.Sequential(nn.Flatten(), nn.BatchNorm1d(64), nn.Dropout(0.5), nn.Linear(64, 10))
    with torch.no_grad():
        model(x * 3)
    model.eval()
    with torch.no_grad():
        right = (model(x).argmax(1) == y).double().mean().item()
    model.train()
    before = model[1].running_mean.clone()
    got = spell.accuracy(model, x, y)
    require(
        isinstance(got, float),
        "a plain number between 0 and 1",
        f"`{type(got).__name__}`",
        mistakes={"nothing-yet": got is None},
    )
    require(
        math.isclose(got, right, abs_tol=1e-6) and torch.equal(before, model[1].running_mean),
        f"{right:.2f}",
        f"{got:.2f}",
        mistakes={"nothing-yet": got == 0.0, "not-eval": True},
    )


def given_reader():
    """The reader as it was given; a sight at the top of the hill builds one like it for `reader.pt`."""
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1),
        nn.BatchNorm2d(16),
        nn.ReLU(),
        nn.Conv2d(16, 32, 3, padding=1),
        nn.BatchNorm2d(32),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(512, 10),
    )


def test_kept(spell, rng):
    """`reader.pt` holds the weights of the reader that was given, wide"""
    path = Path("reader.pt")
    require(path.is_file(), "a file `reader.pt`", "there is none", mistakes={"not-kept": True})
    state = torch.load(path, weights_only=True)
    model, own = given_reader(), spell.make_reader()
    try:
        model.load_state_dict(state)
        own.load_state_dict(state)
    except (RuntimeError, TypeError, AttributeError):
        mistake("not-kept")
    require(
        all(v.dtype in (torch.float32, torch.int64) for v in state.values()),
        "weights in `float32`",
        "narrow ones",
        mistakes={"half-model": True},
    )
    (x, _), _ = slates(rng, 20)
    with torch.no_grad():
        alike = torch.allclose(model.eval()(x), own.eval()(x), rtol=1e-3, atol=1e-4)
    require(alike, "the reader as it was given", "another one", mistakes={"not-kept": True})


def test_reads(spell, rng):
    """trained on slates nobody has seen here, it reads 96 in a hundred of the others"""
    device, dtype = spell.pick()
    (x, y), (x_test, y_test) = slates(rng, 1437)
    model = spell.make_reader().to(device)
    spell.train(model, x.to(device), y.to(device), dtype)
    _still_on()
    model = model.float().eval()
    with torch.no_grad():
        reads = (model(x_test.to(device)).argmax(1).cpu() == y_test).float().mean().item()
    require(
        reads >= READS,
        f"held-out accuracy {READS}",
        f"{reads:.3f}",
        mistakes={"hardly-learnt": True},
    )
