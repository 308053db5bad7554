"""A spell that prepares any machine: run on machines the player has not got, with whatever blew in."""

import numpy as np
import pytest
import torch

from oz.trial import require, same
from oz.trial.machines import APPLE, INTEL, MACHINES, NVIDIA, PLAIN, STRANGER, WITHOUT

STOPS = {
    "double-on-a-mac": lambda e: "support float64" in str(e),
    "no-driver": lambda e: "NVIDIA driver" in str(e) or "CUDA enabled" in str(e),
    "only-tensors": lambda e: isinstance(e, AttributeError) and "has no attribute" in str(e),
    "no-such-backend": lambda e: "backend" in str(e),
}


@pytest.fixture(autouse=True)
def house():
    """Each check finds the house as it is by default."""
    torch.set_default_dtype(torch.float32)
    torch.set_default_device(None)
    yield
    torch.set_default_dtype(torch.float32)
    torch.set_default_device(None)


def a_model(rng, dtype=torch.float32):
    """A small model with parameters and with a buffer of whole numbers; how wide its rows are."""
    width = int(rng.integers(1, 6))
    model = torch.nn.Sequential(torch.nn.Linear(width, 2), torch.nn.BatchNorm1d(2)).eval()
    return model.to(dtype), width


def prepared(spell, model, batch, seed=7):
    """What `prepare` gives back, after looking at its form."""
    got = spell.prepare(model, batch, seed)
    form = isinstance(got, (tuple, list)) and len(got) == 2
    require(
        form and isinstance(got[0], torch.nn.Module) and isinstance(got[1], torch.Tensor),
        "`prepare` to give back `model, batch`, a module and a tensor",
        "gives back " + (f"`{type(got).__name__}`" if not form else f"`{[type(g).__name__ for g in got]}`"),
        mistakes={"nothing-given-back": got is None},
    )
    return got


def chosen(spell):
    where = spell.choose_device()
    return (torch.device(where) if isinstance(where, str) else where)


def test_without(spell, ran):
    """where there is no accelerator, `choose_device()` gives the `cpu`"""
    for machine in (WITHOUT, PLAIN):
        with machine.playing(spell.source, ran.program, STOPS) as run:
            got = chosen(run)
        require(
            getattr(got, "type", None) == "cpu",
            f"`cpu` on {machine.name}",
            f"`{got}`",
            mistakes={
                "none-there": got is None,
                "no-driver": getattr(got, "type", "") == "cuda",
                "no-such-backend": getattr(got, "type", "cpu") != "cpu",
            },
        )


def test_with(spell, ran):
    """where there is an accelerator, of whatever make, it gives that one"""
    got = {}
    for machine in (NVIDIA, APPLE, INTEL, STRANGER):
        with machine.playing(spell.source, ran.program, STOPS) as run:
            got[machine] = getattr(chosen(run), "type", None)
    for machine, kind in got.items():
        require(
            kind == machine.has,
            f"`{machine.has}` on {machine.name}",
            f"`{kind}`",
            mistakes={"always-cpu": set(got.values()) == {"cpu"}, "by-name": kind == "cpu"},
        )


def test_float32(spell, ran, rng):
    """model and batch are both `float32`, and the model answers the batch as it would have"""
    for width_of_model in (torch.float32, torch.float64):
        for rows in (1, 5, 0):
            model, width = a_model(rng, width_of_model)
            batch = torch.tensor(rng.normal(size=(rows, width)))
            expected = model.to(torch.float64)(batch).to(torch.float32).detach()
            model = model.to(width_of_model)
            with PLAIN.playing(spell.source, ran.program, STOPS) as run:
                model, ready = prepared(run, model, batch)
            widths = {str(t.dtype).removeprefix("torch.") for t in model.parameters()}
            mine = str(ready.dtype).removeprefix("torch.")
            require(
                widths == {"float32"} and mine == "float32",
                f"`float32` for both, from a batch of `float64` and a model of "
                f"`{str(width_of_model).removeprefix('torch.')}`",
                f"are a model of `{'/'.join(sorted(widths))}` and a batch of `{mine}`",
                mistakes={
                    "widened-the-house": widths == {"float64"} == {mine},
                    "two-widths": True,
                },
            )
            same(ready, batch.to(torch.float32), "the batch")
            same(model(ready).detach(), expected, "model(batch)", rtol=1e-3, atol=1e-4)


def test_any_batch(spell, ran, rng):
    """a batch may come as a list, from NumPy, or as a tensor of any dtype"""
    model, width = a_model(rng)
    whole = rng.integers(0, 9, size=(3, width))
    batches = (
        whole.tolist(),
        (whole / 2).tolist(),
        whole,
        whole / 4,
        (whole / 4).astype("float32"),
        torch.tensor(whole),
        torch.tensor(whole) > 4,
    )
    for batch in batches:
        plain = batch.numpy() if isinstance(batch, torch.Tensor) else np.array(batch)
        with PLAIN.playing(spell.source, ran.program, STOPS) as run:
            _, ready = prepared(run, model, batch)
        same(
            ready,
            torch.tensor(plain.astype("float32")),
            f"the batch, from a {type(batch).__name__}",
            mistakes={"two-widths": lambda t: t.dtype != torch.float32},
        )


def test_moved(spell, ran, rng):
    """on every machine, model and batch are on the chosen device"""
    for machine in MACHINES:
        for width_of_model in (torch.float32, torch.float64):
            model, width = a_model(rng, width_of_model)
            for batch in (rng.normal(size=(4, width)), torch.ones(2, width, dtype=torch.float64)):
                with machine.playing(spell.source, ran.program, STOPS) as run:
                    model, ready = prepared(run, model, batch)
                    parts = [*model.parameters(), *model.buffers()]
                    places = {t.device.type for t in parts}
                    place, dtype = ready.device.type, ready.dtype
                want = machine.device.type
                require(
                    places == {want},
                    f"the model on `{want}` on {machine.name}",
                    f"is on `{'` and `'.join(sorted(places))}`",
                    mistakes={"model-left-behind": True},
                )
                require(
                    place == want,
                    f"the batch on `{want}` on {machine.name}",
                    f"is on `{place}`",
                    mistakes={"batch-left-behind": True},
                )
                require(dtype == torch.float32, "a batch of `float32`", f"is `{dtype}`")
                model, _ = a_model(rng, width_of_model)


def test_seed(spell, ran, rng):
    """after `prepare(…, seed)` chance starts from `seed`, whatever was drawn before"""

    def luck(run, seed):
        torch.rand(int(torch.randint(1, 9, ())))
        prepared(run, torch.nn.Linear(2, 1), [[1.0, 2.0]], seed)
        return torch.rand(4).tolist()

    with PLAIN.playing(spell.source, ran.program, STOPS) as run:
        for seed in rng.integers(0, 10_000, size=5).tolist():
            first, again, other = luck(run, seed), luck(run, seed), luck(run, seed + 1)
            require(
                first == again,
                f"the same `torch.rand(4)` after `prepare(…, {seed})`, twice",
                "differ",
                mistakes={"not-seeded": True},
            )
            require(
                first != other,
                f"another `torch.rand(4)` after seed {seed + 1} than after {seed}",
                "are the same",
                mistakes={"one-seed-for-all": True},
            )


def test_house(spell, ran, rng):
    """the defaults of the house are left as they were"""
    for machine in (PLAIN, NVIDIA):
        with machine.playing(spell.source, ran.program, STOPS) as run:
            model, width = a_model(rng)
            before = torch.get_default_dtype(), str(torch.get_default_device())
            prepared(run, model, rng.normal(size=(2, width)))
            after = torch.get_default_dtype(), str(torch.get_default_device())
        require(
            before == after,
            "the default dtype and the default device to be left alone",
            f"are `{after[0]}` and `{after[1]}` afterwards",
            mistakes={"changes-the-house": True},
        )
