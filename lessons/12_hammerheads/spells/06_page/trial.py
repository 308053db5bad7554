"""Whether a step in mixed precision does its parts in order; each wrong order leaves its own trace."""

import copy
import math
import warnings
from unittest import mock

import pytest
import torch
from torch import nn

from oz.trial import mistake, require, same

SCALE = 4096.0
LR = 0.1


class Watch(torch.autograd.Function):
    """Lets everything through, and notes whether an order is in force, on the way there and back."""

    seen: list = []

    @staticmethod
    def forward(x):
        Watch.seen.append(("forward", torch.is_autocast_enabled("cpu"), x.dtype))
        return x.clone()

    @staticmethod
    def setup_context(ctx, inputs, output):
        pass

    @staticmethod
    def backward(ctx, grad):
        Watch.seen.append(("backward", torch.is_autocast_enabled("cpu"), grad.dtype))
        return grad


class Watched(nn.Sequential):
    def forward(self, x):
        return Watch.apply(super().forward(x))


@pytest.fixture(autouse=True)
def nothing_in_force(spell):
    """What a program left behind is told in the check about it; here it is taken back."""
    _still_on()
    Watch.seen.clear()
    yield
    _still_on()


def _still_on():
    on = torch.is_autocast_enabled("cpu") or torch.is_autocast_enabled("cuda")
    for kind in ("cpu", "cuda"):
        torch.set_autocast_enabled(kind, False)
    torch.clear_autocast_cache()
    return on


def scene(rng):
    """A model, and batches for it."""
    width = int(rng.integers(3, 6))
    torch.manual_seed(int(rng.integers(1000)))
    model = Watched(nn.Linear(width, 6), nn.Tanh(), nn.Linear(6, 1))
    batches = [
        (
            torch.tensor(rng.normal(size=(12, width)), dtype=torch.float32),
            torch.tensor(rng.normal(size=(12, 1)) * 2, dtype=torch.float32),
        )
        for _ in range(3)
    ]
    return model, batches


def gradients(model, x, y, dtype):
    """The loss, and the gradients as they truly are, brought down."""
    model = copy.deepcopy(model)
    with torch.autocast("cpu", dtype=dtype):
        loss = nn.functional.mse_loss(model(x), y)
    (loss * SCALE).backward()
    return loss.item(), [p.grad / SCALE for p in model.parameters()]


def norm_of(grads):
    return math.sqrt(sum(float(g.double().square().sum()) for g in grads))


def _go(spell, model, optimizer, scaler, x, y, max_norm, dtype):
    Watch.seen.clear()
    got = spell.step(model, optimizer, scaler, x, y, max_norm, dtype)
    return got, _still_on(), list(Watch.seen)


def _scaler(dtype):
    return torch.amp.GradScaler("cpu", init_scale=SCALE, enabled=dtype == torch.float16)


def test_order(spell, rng):
    """the way forward goes under the order, in the dtype asked for; the way back does not"""
    for dtype in (torch.float16, torch.bfloat16):
        model, ((x, y), *_) = scene(rng)
        optimizer = torch.optim.SGD(model.parameters(), lr=LR)
        _, left, seen = _go(spell, model, optimizer, _scaler(dtype), x, y, 1.0, dtype)
        require(
            {p.dtype for p in model.parameters()} == {torch.float32},
            "parameters in `float32`",
            "narrow ones",
            mistakes={"half-model": True},
        )
        there = [(on, kind) for way, on, kind in seen if way == "forward"]
        back = [on for way, on, _ in seen if way == "backward"]
        require(
            there and all(kind == dtype for _, kind in there),
            f"the way forward in `{dtype}`",
            f"in `{there[0][1]}`" if there else "no way forward",
            mistakes={
                "no-order": bool(there) and there[0][1] == torch.float32,
                "own-dtype": bool(there),
            },
        )
        require(back, "a way back", "none", mistakes={"no-way-back": True})
        require(not left, "no order in force after the step", "autocast is still on", mistakes={"left-on": True})
        require(
            not any(back),
            "the way back outside autocast",
            "inside",
            mistakes={"backward-inside": True},
        )


def test_step(spell, rng):
    """each step is the right one: brought down, then clipped, whether there is need of clipping or not"""
    for dtype in (torch.float16, torch.bfloat16):
        for share in (0.5, 100.0, 0.02):
            model, batches = scene(rng)
            optimizer = torch.optim.SGD(model.parameters(), lr=LR)
            scaler = _scaler(dtype)
            for turn, (x, y) in enumerate(batches):
                start = [p.detach().clone() for p in model.parameters()]
                loss, grads = gradients(model, x, y, dtype)
                norm = norm_of(grads)
                max_norm = share * norm
                factor = min(1.0, max_norm / (norm + 1e-6))
                got, _, _ = _go(spell, model, optimizer, scaler, x, y, max_norm, dtype)
                end = [p.detach() for p in model.parameters()]
                moved = [(a - b) / LR for a, b in zip(start, end, strict=True)]
                went, asked = norm_of(moved), factor * norm
                words = f"after step {turn + 1} in `{str(dtype)[6:]}`, with the norm to be clipped at {share:g} of what it is"
                near = math.isclose
                require(
                    near(went, asked, rel_tol=2e-2, abs_tol=1e-6),
                    f"a step of {asked:.4g} times the learning rate {words}",
                    f"{went:.4g}",
                    mistakes={
                        "clip-first": went > 0 and near(went, asked / SCALE, rel_tol=0.1)
                        or near(went, min(norm, max_norm / SCALE), rel_tol=0.1),
                        "not-clipped": near(went, norm, rel_tol=2e-2),
                        "not-down": went > 20 * norm,
                        "no-step": went == 0,
                        "rusted": turn > 0,
                    },
                )
                for a, g, b in zip(start, grads, end, strict=True):
                    same(b, a - LR * factor * g, f"a parameter {words}", rtol=1e-2, atol=2e-3, mistakes={"rusted": turn > 0})
                require(
                    isinstance(got, float),
                    "the loss as a plain number",
                    f"`{type(got).__name__}`",
                    mistakes={"loss-with-graph": isinstance(got, torch.Tensor), "nothing-yet": got is None},
                )
                require(
                    near(got, loss, rel_tol=1e-2),
                    f"a loss of {loss:.4g}",
                    f"{got:.4g}",
                    mistakes={"loss-raised": near(got, loss * SCALE, rel_tol=1e-2)},
                )


def test_burst(spell, rng):
    """where a gradient has burst the step is left out, and the scaler comes down; then it goes on"""
    model, batches = scene(rng)
    optimizer = torch.optim.SGD(model.parameters(), lr=LR, momentum=0.5)
    scaler = torch.amp.GradScaler("cpu", init_scale=2.0**14, growth_interval=2)
    found = []
    for loud in (1.0, 1e6, 1.0, 1.0):
        x, y = batches[0]
        start = [p.detach().clone() for p in model.parameters()]
        _go(spell, model, optimizer, scaler, x, y * loud, 1.0, torch.float16)
        end = [p.detach() for p in model.parameters()]
        require(
            all(bool(p.isfinite().all()) for p in end),
            "finite parameters",
            "`nan`",
            mistakes={"past-the-scaler": True},
        )
        moved = any(not torch.equal(a, b) for a, b in zip(start, end, strict=True))
        require(
            moved == (loud == 1.0),
            "a step" if loud == 1.0 else "the step to be left out",
            "one was taken" if moved else "it was left out",
            mistakes={"past-the-scaler": moved, "no-step": not moved},
        )
        found.append(scaler.get_scale())
    asked = [2.0**14, 2.0**13, 2.0**13, 2.0**14]
    require(
        found == asked,
        f"the scale to go `{[int(v) for v in asked]}`",
        f"`{[int(v) for v in found]}`",
        mistakes={"never-updated": True},
    )


def test_scaler(spell):
    """`make_scaler` makes one for the device asked, on for `float16` and off for `bfloat16`"""
    for dtype, on in ((torch.float16, True), (torch.bfloat16, False)):
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            scaler = spell.make_scaler("cpu", dtype)
        said = " ".join(str(w.message) for w in told)
        old = "is deprecated" in said
        require(not old, "`torch.amp.GradScaler`", "an old name of it", mistakes={"old-scaler": True})
        require(
            isinstance(scaler, torch.amp.GradScaler),
            "a `GradScaler`",
            f"`{type(scaler).__name__}`",
            mistakes={"nothing-yet": scaler is None},
        )
        require(
            scaler.is_enabled() == on,
            f"one that is {'on' if on else 'off'} for `{dtype}` on the `cpu`",
            "on" if scaler.is_enabled() else "off",
            mistakes={
                "scaler-elsewhere": "CUDA is not available" in said,
                "always-on": not on,
                "always-off": on,
            },
        )
    asked = []

    def noted(self, device="cuda", *args, **kwargs):
        asked.append(torch.device(device).type)
        self._enabled = False

    with mock.patch.object(torch.amp.GradScaler, "__init__", noted):
        for kind in ("cuda", "cpu", "xpu"):
            spell.make_scaler(kind, torch.float16)
    if asked != ["cuda", "cpu", "xpu"]:
        mistake("scaler-elsewhere")
