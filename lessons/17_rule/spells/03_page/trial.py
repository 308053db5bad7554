"""Whether the reader serves: set up once, in eval mode, nothing recorded, nothing kept; and the profile is read right."""

import contextlib
import copy
import gc
import sys
import weakref

import pytest
import torch
from torch import nn

from oz.trial import mistake, require, same


class Watch:
    """What happens while slates are read, whichever way the reader is written."""

    def __init__(self):
        self.loads = 0
        self.forwards = []
        self.made = []

    def __enter__(self):
        real_load, real_set, watch = torch.load, nn.Module.load_state_dict, self

        def load(*args, **kwargs):
            watch.loads += 1
            return real_load(*args, **kwargs)

        def set_in(module, *args, **kwargs):
            watch.loads += 1
            return real_set(module, *args, **kwargs)

        def forward(module, given, made):
            if isinstance(module, nn.Linear):
                watch.forwards.append((len(made), torch.is_grad_enabled(), torch.is_inference_mode_enabled()))
                watch.made.append(weakref.ref(made))

        names = vars(sys.modules["__main__"])
        patch = pytest.MonkeyPatch()
        patch.setattr(torch, "load", load)
        patch.setattr(nn.Module, "load_state_dict", set_in)
        for name, value in list(names.items()):
            if value is real_load:
                patch.setitem(names, name, load)
        handle = nn.modules.module.register_module_forward_hook(forward)
        self._end = contextlib.ExitStack()
        self._end.callback(patch.undo)
        self._end.callback(handle.remove)
        return self

    def __exit__(self, *raised):
        self._end.close()


def _frame():
    """The reading frame of the gates."""
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1),
        nn.BatchNorm2d(16),
        nn.ReLU(),
        nn.AvgPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1),
        nn.BatchNorm2d(32),
        nn.ReLU(),
        nn.AvgPool2d(2),
        nn.Flatten(),
        nn.Linear(128, 10),
    )


def _lenses(spell, scratch, rng):
    """A file of lenses that nobody has seen, a frame in which they are set, and a reader of the player's."""
    torch.manual_seed(int(rng.integers(1 << 30)))
    frame = _frame()
    with torch.no_grad():
        for layer in frame:
            if isinstance(layer, nn.BatchNorm2d):
                layer.running_mean.normal_(0, 0.3)
                layer.running_var.uniform_(0.2, 2)
                layer.bias.normal_(0, 0.3)
        frame.eval()
        # no door is for most of the slates: else one who reads with other lenses could be right by chance
        frame[-1].weight.normal_()
        frame[-1].bias -= frame(_slates(rng, 200)).mean(dim=0)
    path = scratch / "unseen-lenses.pt"
    torch.save(frame.state_dict(), path)
    return frame, spell.Reader(str(path))


def _truth(frame, slates):
    with torch.no_grad():
        return frame(slates).argmax(dim=1).tolist()


def _slates(rng, n):
    return torch.tensor(rng.integers(0, 17, size=(n, 1, 8, 8)) / 16, dtype=torch.float32)


def test_doors(spell, scratch, rng):
    """`read` gives the door of each slate, the same alone as in company"""
    frame, reader = _lenses(spell, scratch, rng)
    slates = _slates(rng, 24)
    doors = _truth(frame, slates)
    moody = copy.deepcopy(frame).train()
    together = moody(slates).detach().argmax(dim=1).tolist()
    alone = [moody(slate[None]).detach().argmax().item() for slate in slates]
    got = reader.read(slates)
    require(
        isinstance(got, list) and all(isinstance(door, int) for door in got),
        "a list of whole numbers",
        f"`{type(got).__name__}`" + (f" of `{type(got[0]).__name__}`" if isinstance(got, list) and got else ""),
        mistakes={"one-for-all": isinstance(got, int), "not-doors": True},
    )
    same(
        got,
        doors,
        "read(slates)",
        mistakes={"train-mode": lambda a: a in (together, alone)},
    )
    for n in (1, 2, 5):
        some = _slates(rng, n)
        same(reader.read(some), _truth(frame, some), f"read of {n}", mistakes={"train-mode": True})


def test_once(spell, scratch, rng):
    """the lenses are set in when the reader is made, and not again"""
    _, reader = _lenses(spell, scratch, rng)
    loads = []
    with Watch() as watch:
        for n in (3, 2, 4):
            reader.read(_slates(rng, n))
            loads.append(watch.loads)
    require(
        loads[-1] == 0,
        "nothing loaded while people wait",
        f"{loads[-1]} times for three visits",
        mistakes={"at-the-first": loads[0] == loads[-1], "every-time": True},
    )


def test_batch(spell, scratch, rng):
    """those who come together are read together: one way forward, in inference mode"""
    _, reader = _lenses(spell, scratch, rng)
    for n in (1, 9):
        with Watch() as watch:
            reader.read(_slates(rng, n))
        sizes = [size for size, _, _ in watch.forwards]
        require(
            sizes == [n],
            f"one call of the model for {n}",
            f"{len(sizes)} calls, of {sizes}",
            mistakes={"one-by-one": len(sizes) > 1},
        )
        _, recording, inference = watch.forwards[0]
        require(
            inference,
            "`torch.inference_mode()` while the model is at work",
            "a graph is recorded" if recording else "`no_grad`",
            mistakes={"recorded": recording, "no-grad": True},
        )
    require(
        torch.is_grad_enabled() and not torch.is_inference_mode_enabled(),
        "everything as before when `read` has returned",
        "inference mode, or `no_grad`, for everybody from now on",
        mistakes={"left-on": True},
    )


def _tensors(value, depth=0):
    """The tensors that hang on a value, modules left out."""
    if isinstance(value, torch.Tensor):
        return [value]
    if isinstance(value, nn.Module) or depth > 4 or isinstance(value, (str, bytes)):
        return []
    if isinstance(value, dict):
        value = value.values()
    try:
        return [tensor for part in value for tensor in _tensors(part, depth + 1)]
    except TypeError:
        return []


def test_keeps(spell, scratch, rng):
    """nothing is kept of who was there but how many: `reader.answered`"""
    _, reader = _lenses(spell, scratch, rng)
    state = {name: id(value) for name, value in vars(reader).items()}
    before = len(_tensors(vars(reader)))
    with Watch() as watch:
        for n in (2, 1, 4):
            reader.read(_slates(rng, n))
    gc.collect()
    after = len(_tensors(vars(reader)))
    alive = sum(made() is not None for made in watch.made)
    require(
        after <= before and not alive,
        "no logits kept when the answer is out",
        f"{max(after - before, alive)} more tensors than before, after three visits",
        mistakes={"kept": True},
    )
    require(bool(state), "a reader that keeps its lenses", "nothing in it")
    same(reader.answered, 7, "reader.answered", mistakes={"visits": lambda a: a == 3, "a-list": lambda a: isinstance(a, list)})


# What is profiled: the same work shared out differently each time, by functions that call one another.


def _work(rng):
    """A piece of work, and its functions in the order of the time each takes itself."""
    turns = [int(n) for n in rng.permutation([150_000, 30_000, 500])]
    names = ["carry", "wipe", "look"]
    text = f"""
def carry():
    wipe()
    n = 0
    for i in range({turns[0]}):
        n += i
    return n

def wipe():
    look()
    n = 0
    for i in range({turns[1]}):
        n += i
    return n

def look():
    n = 0
    for i in range({turns[2]}):
        n += i
    for i in range(40):
        blink()
    return n

def blink():
    return 0

def all_day():
    for i in range(4):
        carry()
"""
    made = {}
    exec(text, made)
    return made["all_day"], [name for _, name in sorted(zip(turns, names, strict=True), reverse=True)]


def test_where(spell, rng):
    """`where(work, top)`: the functions in which the time is spent themselves, the worst first"""
    for _ in range(2):
        work, order = _work(rng)
        for top in (2, 1):
            # A machine that turns to something else for a moment lengthens whatever it was at: one of
            # three mornings has to come out right.
            for _ in range(3):
                got = spell.where(work, top)
                if isinstance(got, (list, tuple)) and list(got) == order[:top]:
                    break
            require(
                isinstance(got, (list, tuple)) and all(isinstance(name, str) for name in got),
                "a list of names",
                f"`{got!r}`"[:80],
                mistakes={"no-names": True},
            )
            require(
                list(got) == order[:top],
                f"{order[:top]}",
                f"{list(got)}",
                mistakes={
                    "top-ignored": len(got) != top,
                    "backwards": lambda _, w=work, o=order: list(spell.where(w, 50))[-1:] == o[:1],
                    "cumulative": "all_day" in got,
                    "most-called": "blink" in got,
                },
            )


def test_where_ends(spell):
    """and when the work falls over, the profile is put away all the same"""

    def falls():
        raise LookupError("the page is torn")

    before = sys.getprofile()
    try:
        spell.where(falls, 1)
    except LookupError:
        fell = True
    else:
        fell = False
    left = sys.getprofile() is not before
    sys.setprofile(before)
    if left:
        mistake("left-on-profile")
    require(fell, "the error of the work passed on", "swallowed", mistakes={"swallowed": True})
