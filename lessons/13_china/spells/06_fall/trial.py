"""Whether a training that was killed, for real, goes on as if nothing had been: to the last bit.

Every training here is a process of its own. A diary is kept of each: before every step forward what the weights
are, the optimizer, the scheduler and the dice. The diary of the one that goes on has to be the end of the diary of
one that never fell. Nothing is asked of what the checkpoint is called inside, nor of the loop.
"""

import contextlib
import hashlib
import io
import os
import sys
import tempfile
from functools import cache
from pathlib import Path
from unittest import mock

import pytest
import torch
from mat import apart
from torch import nn

from oz.trial import require, same

EPOCHS = 6
sgd = {"lr": 0.05, "momentum": 0.9}
KINDS = {
    "Adam": lambda p: torch.optim.Adam(p, lr=0.01),
    "SGD with momentum": lambda p: torch.optim.SGD(p, **sgd),
}
SCHEDULES = {
    "Adam": lambda o: torch.optim.lr_scheduler.StepLR(o, step_size=2, gamma=0.5),
    "SGD with momentum": lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, T_max=9),
}


def mould(kind, seed):
    """A model, its optimizer and its scheduler, and the dice as they lie when the training begins."""
    torch.manual_seed(seed)
    model = nn.Sequential(
        nn.Linear(8, 12), nn.BatchNorm1d(12), nn.ReLU(), nn.Dropout(0.3), nn.Linear(12, 4)
    )
    optimizer = KINDS[kind](model.parameters())
    scheduler = SCHEDULES[kind](optimizer)
    return model, optimizer, scheduler


def rows():
    """Rows that nobody has seen, of four kinds."""
    dice = torch.Generator().manual_seed(31)
    x = torch.randn(120, 8, generator=dice)
    return x, (x @ torch.randn(8, 4, generator=dice)).argmax(dim=1)


class Does:
    """Unpickled, it makes a folder."""

    def __init__(self, at):
        self.at = at

    def __reduce__(self):
        return os.mkdir, (self.at,)


def digest(value):
    """The same for the same bits, and for nothing else."""
    sha = hashlib.sha1(usedforsecurity=False)

    def put(part):
        if isinstance(part, torch.Tensor):
            sha.update(part.detach().contiguous().numpy().tobytes())
        elif isinstance(part, dict):
            for name in sorted(part, key=str):
                sha.update(str(name).encode())
                put(part[name])
        else:
            sha.update(repr(part).encode())

    put(value)
    return sha.hexdigest()


def lived(fall, train, kind, seed, epochs, path, at, tears, gap):
    """One life: what was told, and the diary. Killed before step `at`, half way through writing number `tears`, or
    when it has taken away what lay at `path` for the time `gap`."""
    model, optimizer, scheduler = mould(kind, seed)
    born = digest(model.state_dict())
    diary = []

    def note(module, args):
        if not torch.is_grad_enabled():
            return
        if len(diary) == at:
            fall()
        diary.append(
            {
                "weights": digest(model.state_dict()),
                "optimizer": digest(optimizer.state_dict()["state"]),
                "lr": [group["lr"] for group in optimizer.param_groups],
                "days": scheduler.last_epoch,
                "dice": digest(torch.get_rng_state()),
                "training": module.training,
            }
        )

    model.register_forward_pre_hook(note)
    with _torn(fall, tears) as saves, _gone(fall, path, gap) as gaps, contextlib.redirect_stdout(io.StringIO()):
        losses = train(model, optimizer, scheduler, *rows(), epochs, path)
    weights = {name: part.detach().clone() for name, part in model.state_dict().items()}
    return {"losses": losses, "diary": diary, "weights": weights, "born": born, "saves": len(saves), "gaps": len(gaps)}


@contextlib.contextmanager
def _torn(fall, tears):
    """`torch.save` that gets no further than the middle of its file, the time that is meant."""
    real, calls = torch.save, []

    def save(thing, where, *args, **kwargs):
        calls.append(str(where))
        if len(calls) != tears:
            return real(thing, where, *args, **kwargs)
        whole = io.BytesIO()
        real(thing, whole, *args, **kwargs)
        half = whole.getvalue()[: whole.tell() // 2]
        if hasattr(where, "write"):
            where.write(half)
            where.flush()
        else:
            Path(where).write_bytes(half)
        fall()

    names = vars(sys.modules["__main__"])
    ours = {name: save for name, value in names.items() if value is real}
    with mock.patch.object(torch, "save", save), mock.patch.dict(names, ours):
        yield calls


@contextlib.contextmanager
def _gone(fall, path, gap):
    """A death when nothing lies at `path` any more, the time that is meant."""
    gaps = []

    def watched(real):
        def away(*args, **kwargs):
            there = os.path.exists(path)
            done = real(*args, **kwargs)
            if there and not os.path.exists(path):
                gaps.append(real.__name__)
                if len(gaps) == gap:
                    fall()
            return done

        return away

    with contextlib.ExitStack() as patches:
        for name in ("remove", "unlink", "rename", "replace"):
            patches.enter_context(mock.patch.object(os, name, watched(getattr(os, name))))
        yield gaps


def tried(train, kind, seed, path, epochs=EPOCHS, at=None, tears=None, gap=None, after="", torn=False):
    """One life in a process of its own, which must come to its end; None for one that was killed."""
    done = apart(lived, train, kind, seed, epochs, str(path), at, tears, gap)
    said = done.error
    require(
        not said,
        f"a training that comes to its end{after}",
        said,
        mistakes={
            "half-written": torn,
            "whole-objects": "Weights only load failed" in said or "an't pickle" in said,
            "nothing-there": "FileNotFoundError" in said,
            "not-loaded-into": "'_IncompatibleKeys'" in said or "NoneType" in said,
        },
    )
    if done.code:
        require(done.code == -9, "a process killed by signal 9", f"one that ended with {done.code}")
        return None
    return done.value


@pytest.fixture
def place(tmp_path):
    """Where a checkpoint may lie."""
    return tmp_path / "fall.pt"


@cache
def unbroken(train, kind, epochs):
    with tempfile.TemporaryDirectory() as folder:
        return tried(train, kind, 5, Path(folder, "whole.pt"), epochs)


def whole(spell, kind="Adam", epochs=EPOCHS):
    """A training that never falls."""
    return unbroken(spell.train, kind, epochs)


def compared(life, again, falls, steps):
    """The life that goes on is the end of the one that never fell, from the last epoch it had finished."""
    diary, more = life["diary"], again["diary"]
    first = more[0] if more else {"weights": digest(again["weights"])}
    known = [number for number, day in enumerate(diary) if day["weights"] == first["weights"]]
    asked = f"a training that goes on from epoch {falls // steps}"
    require(
        known,
        asked,
        "one with other weights",
        mistakes={"nothing-loaded": first["weights"] == again["born"], "half-loaded": True},
    )
    at = known[0]
    require(
        at >= falls // steps * steps,
        asked,
        f"one that goes on from epoch {at // steps}",
        mistakes={"nothing-loaded": at == 0, "too-seldom": True},
    )
    there = diary[at]
    require(more and first["training"], "a model in training mode", "one in `eval()`")
    require(
        first["optimizer"] == there["optimizer"],
        "the optimizer as it was",
        "another state of it",
        mistakes={"swing-lost": True},
    )
    require(
        first["days"] == there["days"] and first["lr"] == there["lr"],
        f"the scheduler as it was: day {there['days']}, lr {there['lr'][0]:.4g}",
        f"day {first['days']}, lr {first['lr'][0]:.4g}",
        mistakes={"saved-too-early": first["days"] == there["days"] - 1 > 0, "count-lost": True},
    )
    require(
        first["dice"] == there["dice"],
        "the dice as they lay",
        "others",
        mistakes={"dice-lost": True},
    )
    left = len(diary) - at
    require(
        len(more) == left,
        f"{left // steps} more epochs",
        f"{len(more) / steps:g}",
        mistakes={"epoch-again": len(more) > left, "epoch-left-out": True},
    )
    for number, (here, once) in enumerate(zip(more, diary[at:], strict=True)):
        require(here == once, "the same life, bit for bit", f"another from step {at + number} on")
    for name, asked in life["weights"].items():
        same(again["weights"][name], asked, f"`{name}` in the end", rtol=0, atol=0)
    told(again["losses"], life["losses"])


def told(losses, asked):
    """The loss of every epoch, from the very first."""
    given = list(losses) if isinstance(losses, (list, tuple)) else []
    require(
        len(given) == len(asked),
        f"{len(asked)} losses, from the very first epoch",
        f"{len(given)}",
        mistakes={"history-lost": 0 < len(given) < len(asked)},
    )
    same([float(v) for v in given], [float(v) for v in asked], "the losses", rtol=0, atol=0)


def test_whole(spell):
    """`train` alone trains for all its epochs, and tells the loss of each"""
    life = whole(spell)
    losses = life["losses"]
    require(
        isinstance(losses, list) and len(losses) == EPOCHS,
        f"a list of {EPOCHS} losses",
        f"`{str(losses)[:60]}`",
    )
    require(
        len(life["diary"]) >= EPOCHS and losses[-1] < losses[0],
        "a loss that falls",
        f"{losses[0]:.3f} at first, {losses[-1]:.3f} at last",
        mistakes={"loop-broken": True},
    )
    lrs = [day["lr"][0] for day in life["diary"]]
    require(lrs[-1] < lrs[0], "a learning rate that the scheduler lowers", "always the same", mistakes={"loop-broken": True})


def test_there(spell, place):
    """killed in its third epoch, it has left a checkpoint that opens with `weights_only=True`"""
    steps = len(whole(spell)["diary"]) // EPOCHS
    tried(spell.train, "Adam", 5, place, at=2 * steps + 1)
    require(
        place.is_file(),
        "a checkpoint at `path` after the second epoch",
        "there is none",
        mistakes={"no-checkpoint": True},
    )
    try:
        torch.load(place, weights_only=True)
    except Exception as error:
        first = str(error).strip().splitlines()[0][:80]
        require(False, "a file that opens with `weights_only=True`", first, mistakes={"whole-objects": "Weights only" in first})


def test_careful(spell, tmp_path, place):
    """it runs nothing that somebody may have put in the place of its checkpoint"""
    trap = tmp_path / "sprung"
    torch.save(Does(str(trap)), place)
    apart(lived, spell.train, "Adam", 5, EPOCHS, str(place), None, None, None)
    require(not trap.exists(), "a file that does nothing", "it ran, and has made a folder", mistakes={"trusting": True})


@pytest.mark.parametrize("kind", list(KINDS))
def test_goes_on(spell, place, rng, kind):
    """killed half way through an epoch, it goes on from the last that was finished, bit for bit"""
    life = whole(spell, kind)
    steps = len(life["diary"]) // EPOCHS
    falls = 3 * steps + int(rng.integers(1, steps))
    tried(spell.train, kind, 5, place, at=falls)
    again = tried(spell.train, kind, 77, place, after=f", when it goes on ({kind})")
    compared(life, again, falls, steps)


def test_twice(spell, place):
    """killed twice, in its second epoch and in its fifth"""
    life = whole(spell)
    steps = len(life["diary"]) // EPOCHS
    tried(spell.train, "Adam", 5, place, at=steps + 1)
    tried(spell.train, "Adam", 78, place, at=3 * steps + 2, after=", when it goes on")
    again = tried(spell.train, "Adam", 79, place, after=", when it goes on for the second time")
    compared(life, again, 4 * steps + 2, steps)


def test_torn(spell, place):
    """killed while it writes, it still finds a whole checkpoint"""
    life = whole(spell)
    steps = len(life["diary"]) // EPOCHS
    third = 3 * life["saves"] // EPOCHS
    if not third or tried(spell.train, "Adam", 5, place, tears=third) is not None:
        return  # it writes by other means than `torch.save`
    again = tried(spell.train, "Adam", 80, place, after=", when it was killed while writing", torn=True)
    compared(life, again, 2 * steps, steps)


def test_gap(spell, place):
    """killed between the old checkpoint and the new, it still finds one of the two"""
    life = whole(spell)
    steps = len(life["diary"]) // EPOCHS
    second = 3 * life["gaps"] // EPOCHS
    if not second or tried(spell.train, "Adam", 5, place, gap=second) is not None:
        return  # there is never a moment without one
    again = tried(spell.train, "Adam", 83, place, after=", when it was killed between two checkpoints")
    require(
        not again["diary"] or again["diary"][0]["weights"] != again["born"],
        "a checkpoint at every moment",
        "none, after the old one was taken away and before the new one was there",
        mistakes={"gap": True},
    )
    compared(life, again, 2 * steps, steps)


def test_before(spell, place):
    """killed before there is any checkpoint, it begins at the beginning"""
    tried(spell.train, "Adam", 5, place, at=1)
    again = tried(spell.train, "Adam", 5, place, after=", where no checkpoint lies")
    require(
        len(again["losses"]) == EPOCHS,
        f"{EPOCHS} epochs",
        f"{len(again['losses'])}",
    )


def test_on(spell, place):
    """finished, it has nothing more to do; and asked for more epochs, it does those"""
    life = whole(spell)
    longer = whole(spell, epochs=EPOCHS + 2)
    tried(spell.train, "Adam", 5, place)
    again = tried(spell.train, "Adam", 81, place, after=", when it has finished before")
    require(
        not again["diary"],
        "no step more",
        f"{len(again['diary'])}",
        mistakes={"epoch-again": True},
    )
    told(again["losses"], life["losses"])
    for name, asked in life["weights"].items():
        same(again["weights"][name], asked, f"`{name}`", rtol=0, atol=0)
    steps = len(life["diary"]) // EPOCHS
    more = tried(spell.train, "Adam", 82, place, EPOCHS + 2, after=", asked for two epochs more")
    compared(longer, more, EPOCHS * steps, steps)
