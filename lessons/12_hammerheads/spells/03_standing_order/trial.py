"""Whether the order goes out for the right device, is taken back, and is reported part by part."""

from unittest import mock

import pytest
import torch
from torch import nn

from oz.trial import mistake, require
from oz.trial.machines import APPLE, INTEL, NVIDIA, PLAIN, WITHOUT

NARROW = (torch.bfloat16, torch.float16)


def short(dtype):
    return str(dtype).removeprefix("torch.")


@pytest.fixture(autouse=True)
def nothing_in_force(spell):
    """Whatever a program left behind is told in the check about it; here it is taken back."""
    _still_on()
    yield
    _still_on()


def _still_on():
    """Whether an order was still in force on the processor; it is not any more."""
    on = torch.is_autocast_enabled("cpu")
    torch.set_autocast_enabled("cpu", False)
    torch.clear_autocast_cache()
    return on


class Stumbles(nn.Module):
    """Raises, always."""

    def forward(self, x):
        raise ArithmeticError("the ground gave way")


class Branches(nn.Module):
    """Parts within parts, a skip, and a loss at the end."""

    def __init__(self, width):
        super().__init__()
        self.start = nn.Linear(width, 6)
        self.inner = nn.ModuleDict({"norm": nn.LayerNorm(6), "turn": nn.Sequential(nn.Tanh(), nn.Linear(6, 6))})
        self.loss = nn.MSELoss()

    def forward(self, x):
        a = self.start(x)
        b = self.inner["turn"](self.inner["norm"](a))
        return self.loss(a + b, torch.zeros_like(b))


def models(rng):
    """Models, each with a batch for it."""
    width = int(rng.integers(3, 7))
    rows = torch.tensor(rng.normal(size=(5, width)), dtype=torch.float32)
    image = torch.tensor(rng.normal(size=(2, 1, 6, 6)), dtype=torch.float32)
    yield nn.Sequential(nn.Linear(width, 8), nn.ReLU(), nn.Linear(8, 3), nn.Softmax(dim=1)), rows
    yield Branches(width), rows
    yield nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), nn.Linear(64, 2)), image
    yield nn.Linear(width, 4), rows
    yield nn.Sequential(nn.Identity(), nn.Flatten()), rows


def truly(model, batch, dtype):
    """What comes out, and the dtypes, found with hooks of our own."""
    came = {}
    hooks = [
        part.register_forward_hook(lambda m, i, o, name=name: came.__setitem__(name, o.dtype))
        for name, part in model.named_modules()
        if not list(part.children())
    ]
    with torch.autocast("cpu", dtype=dtype):
        output = model(batch)
    for hook in hooks:
        hook.remove()
    return output, came


def given(spell, model, batch, dtype):
    got = spell.standing_order(model, batch, dtype)
    require(
        isinstance(got, (tuple, list)) and len(got) == 2 and isinstance(got[1], dict),
        "what the model made, and a dict",
        f"`{type(got).__name__}`",
        mistakes={"nothing-yet": got is None},
    )
    return got


def test_table(spell, rng):
    """`standing_order` reports, part by part, the dtype that came out"""
    for dtype in (torch.bfloat16, torch.float16):
        for model, batch in models(rng):
            before = {p.dtype for p in model.parameters()}
            _, asked = truly(model, batch, dtype)
            output, came = given(spell, model, batch, dtype)
            came = dict(came)  # hooks that were left on would go on writing
            _still_on()
            require(
                {p.dtype for p in model.parameters()} <= before,
                "the model's own parameters as wide as they were",
                "made narrow",
                mistakes={"model-narrowed": True},
            )
            words = ", ".join(f"{name or 'the model'}: {short(kind)}" for name, kind in asked.items())
            said = ", ".join(f"{name or 'the model'}: {short(kind)}" for name, kind in came.items())
            other = truly(model, batch, NARROW[dtype == torch.bfloat16])[1]
            wide = set(came.values()) == {torch.float32}
            require(
                came == asked,
                f"`{words}`",
                f"`{said or 'nothing'}`",
                mistakes={
                    "nothing-yet": not came and len(asked) > 1,
                    "no-order": wide and output.dtype == torch.float32 and asked != came and "loss" not in asked,
                    "weights-asked": wide and set(came) <= set(asked),
                    "own-dtype": came == other,
                    "one-name": len(asked) > 1 and set(came) == {[name for name, _ in model.named_modules()][-1]},
                    "outer-parts": not set(came) >= set(asked),
                    "boxes-too": set(came) > set(asked),
                    "what-went-in": set(came) == set(asked),
                },
            )


def test_output(spell, rng):
    """and gives back what the model made under the order, still tied to its parameters"""
    for model, batch in models(rng):
        model.eval()
        asked, _ = truly(model, batch, torch.bfloat16)
        output, _ = given(spell, model, batch, torch.bfloat16)
        _still_on()
        require(isinstance(output, torch.Tensor), "a tensor", f"`{type(output).__name__}`")
        require(
            output.dtype == asked.dtype and torch.equal(output, asked),
            f"what the model makes under autocast, in `{short(asked.dtype)}`",
            f"`{short(output.dtype)}`, "
            + ("other numbers" if output.dtype == asked.dtype else "another width"),
            mistakes={"no-order": output.dtype == torch.float32},
        )
        require(
            output.requires_grad == asked.requires_grad,
            "a `grad_fn`",
            "none",
            mistakes={"cut-off": True},
        )


def test_taken_back(spell, rng):
    """afterwards no order is in force and no hook is left"""
    for model, batch in models(rng):
        given(spell, model, batch, torch.bfloat16)
        require(not _still_on(), "autocast off afterwards", "still on", mistakes={"left-on": True})
        require(not _hooks(model), "no hooks left", "there are some", mistakes={"hooks-left": True})


def test_even_then(spell, rng):
    """nor when the model raises on the way"""
    model = nn.Sequential(nn.Linear(3, 3), Stumbles())
    try:
        spell.standing_order(model, torch.zeros(2, 3), torch.bfloat16)
    except ArithmeticError:
        pass
    else:
        mistake("swallowed")
    require(not _still_on(), "autocast off", "still on", mistakes={"left-on-after-a-fall": True})
    require(not _hooks(model), "no hooks left", "there are some", mistakes={"hooks-left-after-a-fall": True})


def _hooks(model):
    everywhere = torch.nn.modules.module._global_forward_hooks
    own = [part for part in model.modules() if part._forward_hooks or part._forward_pre_hooks]
    left = bool(own or everywhere)
    everywhere.clear()
    return left


def test_modern(spell):
    """the order is `torch.autocast`, not one of its forerunners"""
    old = [n for n in ("torch.cuda.amp.autocast", "torch.cpu.amp.autocast") if spell.calls(n)]
    require(not old, "`torch.autocast`", f"`{', '.join(old)}`", mistakes={"old-order": True})


def test_device(spell, rng):
    """the order is given for the device that the batch is on"""
    for machine, kind in ((NVIDIA, "cuda"), (PLAIN, "cpu"), (NVIDIA, "cpu")):
        asked = []
        made = torch.amp.autocast_mode.autocast.__init__

        def noted(self, device_type, *args, **kwargs):
            asked.append(torch.device(device_type).type)
            made(self, "cpu", dtype=torch.bfloat16)

        with machine.pretend():
            model = nn.Linear(3, 2).to(kind)
            batch = torch.tensor(rng.normal(size=(4, 3)), dtype=torch.float32).to(kind)
            with mock.patch.object(torch.amp.autocast_mode.autocast, "__init__", noted):
                spell.standing_order(model, batch, torch.bfloat16)
        _still_on()
        require(
            asked and set(asked) == {kind},
            f"an order for `{kind}`, where the batch is",
            f"one for `{'`, `'.join(asked)}`" if asked else "none",
            mistakes={"device-assumed": bool(asked), "no-order": not asked},
        )


def test_pick(spell):
    """`pick()` finds the accelerator where there is one, else the `cpu`, and a dtype of sixteen bits"""
    for machine in (PLAIN, WITHOUT, NVIDIA, INTEL, APPLE):
        with machine.pretend():
            got = spell.pick()
        require(
            isinstance(got, (tuple, list)) and len(got) == 2,
            "a device and a dtype",
            f"`{got!r}`"[:60],
            mistakes={"nothing-yet": got is None},
        )
        kind = torch.device(got[0]).type if isinstance(got[0], (str, torch.device)) else None
        require(
            kind == machine.device.type,
            f"`{machine.device.type}` on {machine.name}",
            f"`{kind}`",
            mistakes={"no-such-device": machine.has is None, "always-here": kind == "cpu"},
        )
        require(
            got[1] in NARROW,
            "`torch.bfloat16` or `torch.float16`",
            f"`{got[1]}`",
            mistakes={"not-narrow": got[1] == torch.float32},
        )
        require(
            kind != "cpu" or got[1] == torch.bfloat16,
            "`torch.bfloat16` on the `cpu`",
            f"`{got[1]}`",
            mistakes={"half-on-cpu": got[1] == torch.float16},
        )
