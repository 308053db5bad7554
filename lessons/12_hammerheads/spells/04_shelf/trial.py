"""Whether the bytes laid by for the way back are counted: each storage once, whole, and no more."""

import copy
import math

import pytest
import torch
from torch import nn

from oz.trial import mistake, require, same


def truly(forward, owned=()):
    """The count, by a shelf of our own."""
    home = {t.untyped_storage().data_ptr() for t in owned}
    seen = {t.data_ptr() for t in owned}
    held, sizes = [], {}

    def pack(t):
        held.append(t)
        sizes[t.untyped_storage().data_ptr()] = t.untyped_storage().nbytes()
        return t.detach()

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda t: t):
        made = forward()
    return made, {
        "bytes": sum(n for at, n in sizes.items() if at not in home),
        "all": sum(sizes.values()),
        "twice": sum(t.numel() * t.element_size() for t in held if t.untyped_storage().data_ptr() not in home),
        "storages-twice": sum(t.untyped_storage().nbytes() for t in held if t.untyped_storage().data_ptr() not in home),
        "parts": sum(
            {
                t.untyped_storage().data_ptr(): t.numel() * t.element_size()
                for t in held
                if t.untyped_storage().data_ptr() not in home
            }.values()
        ),
        "numbers": sum(
            {
                t.untyped_storage().data_ptr(): len(t.untyped_storage()) // t.element_size()
                for t in held
                if t.untyped_storage().data_ptr() not in home
            }.values()
        ),
        "first-numbers": [
            sum({t.data_ptr(): size(t) for t in held if t.data_ptr() not in seen}.values())
            for size in (lambda t: t.untyped_storage().nbytes(), lambda t: t.numel() * t.element_size())
        ],
        "last": held[-1].untyped_storage().nbytes() if held else 0,
    }


@pytest.fixture(autouse=True)
def no_shelf_left():
    """Hooks that a program left on are told in the check about them; here they are taken off."""
    _left_on()
    yield
    _left_on()


def _left_on():
    top = torch._C._autograd._top_saved_tensors_default_hooks
    left = False
    while top(True) is not None:
        torch._C._autograd._pop_saved_tensors_default_hooks()
        left = True
    return left


def _given(spell, forward, owned=()):
    got = spell.shelf(forward, owned)
    left = _left_on()
    require(not left, "no hooks in force afterwards", "they are", mistakes={"left-on": True})
    require(
        isinstance(got, (tuple, list)) and len(got) == 2,
        "what `forward()` made, and a number",
        f"`{type(got).__name__}`",
        mistakes={"nothing-yet": got is None},
    )
    made, size = got
    require(
        isinstance(size, int) and not isinstance(size, bool),
        "a whole number of bytes",
        f"`{type(size).__name__}`",
    )
    return made, size


def _count(spell, forward, owned, words):
    _, asked = truly(forward, owned)
    _, size = _given(spell, forward, owned)
    require(
        size == asked["bytes"],
        f"{asked['bytes']:,} bytes for {words}",
        f"{size:,}",
        mistakes={
            "nothing-yet": size == 0,
            "numbers-not-bytes": size == asked["numbers"],
            "owned-too": size == asked["all"],
            "part-for-whole": size == asked["parts"],
            "counted-twice": not owned and size > asked["bytes"] or size in (asked["twice"], asked["storages-twice"]),
            "only-the-last": size == asked["last"],
            "first-number": size in asked["first-numbers"],
            "address-again": size < asked["bytes"],
        },
    )


def test_chain(spell, rng):
    """`shelf` counts what a chain of steps lays by, in bytes"""
    for n in (1, *rng.integers(2, 40, size=3).tolist()):
        for dtype in (torch.float32, torch.float64):
            x = torch.tensor(rng.normal(size=(n, 3)), dtype=dtype, requires_grad=True)
            _count(spell, lambda x=x: ((x * 2).tanh() + 1).exp().sum(), (), "a chain of steps")


def test_once(spell, rng):
    """what is laid by several times is counted once, and a view with the whole it is a part of"""
    n = int(rng.integers(20, 60))
    x = torch.tensor(rng.normal(size=(n, 4)), dtype=torch.float32, requires_grad=True)

    def same_thing_often():
        y = x + 1
        return (y * y).sum() + (y * y.exp()).sum() + y.T.square().sum()

    def a_corner():
        y = x + 1
        return y[:2].square().sum()

    def on_a_drawing_board():
        return (x.expand(5, n, 4) * torch.ones(5, 1, 1)).square().sum()

    _count(spell, same_thing_often, (), "one tensor used in five places")
    _count(spell, a_corner, (), "a corner of a tensor, which keeps all of it alive")
    _count(spell, on_a_drawing_board, (), "an expanded tensor")


def test_owned(spell, rng):
    """what is in `owned` has its place already, under whatever view it comes by"""
    width = int(rng.integers(3, 9))
    model = nn.Sequential(nn.Linear(width, 16), nn.ReLU(), nn.Linear(16, 4))
    batch = torch.tensor(rng.normal(size=(6, width)), dtype=torch.float32)
    own = [*model.parameters(), batch]
    _count(spell, lambda: model(batch), own, "a model with its parameters and batch owned")
    _count(spell, lambda: model(batch), list(model.parameters()), "the same, the batch not owned")
    _count(spell, lambda: model(batch[1:3]), own, "the same, with two rows of the batch")


def test_on_the_way(spell, rng):
    """and still goes back from what `forward()` made, by the right gradients"""
    x = torch.tensor(rng.normal(size=7), dtype=torch.float64, requires_grad=True)
    calls = []

    def forward():
        calls.append(1)
        return (x.exp() * x).sum()

    made, _ = _given(spell, forward)
    require(len(calls) == 1, "`forward()` called once", f"{len(calls)} times", mistakes={"called-again": True})
    require(
        isinstance(made, torch.Tensor) and made.requires_grad,
        "what `forward()` made, with its `grad_fn`",
        f"`{type(made).__name__}`",
        mistakes={"cut-off": isinstance(made, torch.Tensor)},
    )
    require(x.grad is None, "no gradient yet", "somebody has gone back", mistakes={"went-back": True})
    try:
        made.backward()
    except TypeError as error:
        if "unpack_hook" in str(error):
            mistake("thrown-away")
        raise
    v = x.detach()
    same(x.grad, v.exp() * v + v.exp(), "the gradient of x")


def test_many(spell, rng):
    """a long way, step after step: what was laid by stays where it is till the way back"""
    x = torch.tensor(rng.normal(size=5000), dtype=torch.float32, requires_grad=True)

    def long_way():
        y = x
        for _ in range(30):
            y = y.tanh()
        return y.sum()

    _count(spell, long_way, (), "thirty steps")
    _count(spell, long_way, (), "the same thirty steps once more")


def test_lighter(spell, rng):
    """`lighter`: bytes under autocast over bytes without, model and batch not counted"""
    for width, rows in ((64, 256), (16, 8), (32, 100)):
        model = nn.Sequential(nn.Linear(width, width), nn.Tanh(), nn.Linear(width, 3), nn.Softmax(dim=1))
        batch = torch.tensor(rng.normal(size=(rows, width)), dtype=torch.float32)
        for dtype in (torch.bfloat16,) if rows > 8 else (torch.bfloat16, torch.float16):
            own = [*model.parameters(), batch]

            def ordered(model=model, batch=batch, dtype=dtype):
                with torch.autocast("cpu", dtype=dtype):
                    return model(batch)

            wide = truly(lambda m=model, b=batch: m(b), own)[1]
            narrow = truly(ordered, own)[1]
            before = copy.deepcopy(model.state_dict())
            struck = set()
            hook = model[0].register_forward_hook(lambda m, i, o, s=struck: s.add(o.dtype))
            got = spell.lighter(model, batch, dtype)
            hook.remove()
            on = torch.is_autocast_enabled("cpu")
            torch.set_autocast_enabled("cpu", False)
            require(not on, "autocast off afterwards", "still on", mistakes={"order-left-on": True})
            asked = narrow["bytes"] / wide["bytes"]
            require(
                isinstance(got, (int, float)),
                "a plain number from `lighter`",
                f"`{type(got).__name__}`",
                mistakes={"nothing-yet": got is None},
            )
            after = model.state_dict()
            require(
                all(v.dtype == after[k].dtype and torch.equal(v, after[k]) for k, v in before.items()),
                "the model as it was",
                "changed",
                mistakes={"model-narrowed": True},
            )
            require(
                math.isclose(got, asked, rel_tol=1e-6),
                f"{asked:.4f}, which is {narrow['bytes']:,} bytes of {wide['bytes']:,}",
                f"{got:.4f}",
                mistakes={
                    "both-wide": got == 1.0,
                    "upside-down": math.isclose(got, 1 / asked, rel_tol=1e-6),
                    "owned-in-lighter": math.isclose(got, narrow["all"] / wide["all"], rel_tol=1e-6),
                },
            )
            require(
                dtype in struck,
                f"the model run under autocast in `{dtype}`",
                f"in `{'`, `'.join(sorted(map(str, struck)))}`",
                mistakes={"own-dtype": True},
            )
