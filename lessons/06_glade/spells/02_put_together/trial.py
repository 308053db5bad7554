"""Whether the lion is put together: his parameters, what he makes of pebbles, and that he learns.

His parts are found by their shapes, which are all different here, so that any way of holding and
of naming them will do.
"""

import copy

import torch

from oz.trial import mistake, require, same

SIZES = ((3, 7, 4), (8, 32, 10), (5, 6, 2), (2, 11, 3))


def _whole(spell, side, hidden, classes):
    lion = spell.Lion(side, hidden, classes)
    require(
        isinstance(lion, torch.nn.Module),
        "a module",
        f"`{type(lion).__name__}`",
    )
    return lion


def _parts(lion, side, hidden, classes):
    """The four parameters: the two weights and the two biases."""
    wanted = ((hidden, side * side), (hidden,), (classes, hidden), (classes,))
    shapes = [tuple(p.shape) for p in lion.parameters()]
    words = (
        f"`Lion({side}, {hidden}, {classes})` with parameters {', '.join(f'`{w}`' for w in wanted)}"
    )
    require(
        sorted(shapes) == sorted(wanted),
        words,
        ", ".join(f"`{s}`" for s in shapes) or "none at all",
        mistakes={
            "bag-of-bones": not shapes and _has_list(lion),
            "made-in-forward": not shapes,
            "sizes-fixed": sorted(shapes) == [(10,), (10, 32), (32,), (32, 64)],
            "turned-round": (side * side, hidden) in shapes or (hidden, classes) in shapes,
        },
    )
    return [next(p for p in lion.parameters() if tuple(p.shape) == w) for w in wanted]


def _has_list(lion):
    return any(
        isinstance(v, (list, tuple, dict)) and v for k, v in vars(lion).items() if k[0] != "_"
    )


def _pictures(rng, n, side):
    return torch.tensor(rng.normal(size=(n, side, side)), dtype=torch.float32)


def test_parts(spell):
    """`Lion(side, hidden, classes)` has two weights and two biases, of the sizes that were asked"""
    for sizes in SIZES:
        lion = _whole(spell, *sizes)
        for part in _parts(lion, *sizes):
            require(part.requires_grad, "parameters that require a gradient", "some that do not")


def test_says(spell, rng):
    """it says what its own parameters say, of any number of pebbles"""
    for sizes in SIZES:
        lion = _whole(spell, *sizes)
        for n in (4, 1, 9):
            pictures = _pictures(rng, n, sizes[0])
            before = pictures.clone()
            with torch.no_grad():
                look, look_b, say, say_b = _parts(lion, *sizes)
                flat = pictures.flatten(1)
                seen = (flat @ look.T + look_b).relu()
                logits = seen @ say.T + say_b
                straight = (flat @ look.T + look_b) @ say.T + say_b
                got = lion(pictures)
            require(
                isinstance(got, torch.Tensor),
                "logits",
                f"`{type(got).__name__}`",
                mistakes={"nothing-comes": got is None},
            )
            require(torch.equal(pictures, before), "the pebbles as they were", "they were changed")
            if got.shape == logits.shape and not torch.allclose(got, logits, atol=1e-4):
                with torch.no_grad():
                    again = lion(pictures)
                if not torch.allclose(again, got):
                    mistake("made-in-forward")
            same(
                got,
                logits,
                f"Lion{sizes}(pictures), {n} of them",
                rtol=1e-3,
                atol=1e-5,
                mistakes={
                    "says-one": lambda t, n=n: t.shape == (n,) and not t.is_floating_point(),
                    "softmax-early": lambda t, a=logits: (
                        _near(t, a.softmax(1))
                        or _near(t, a.log_softmax(1))
                        or _near(t, torch.sigmoid(a))
                    ),
                    "straight-through": lambda t, a=straight: _near(t, a),
                    "bent-at-the-end": lambda t, a=logits, b=straight: (
                        _near(t, a.relu()) or _near(t, b.relu())
                    ),
                    "not-flattened": lambda t, n=n: t.ndim == 3 and len(t) == n,
                },
            )


def _near(one, other):
    return one.shape == other.shape and torch.allclose(one, other, rtol=1e-3, atol=1e-5)


def test_widened(spell, rng):
    """all of it goes along when the module is copied, or made `float64`"""
    sizes = (4, 5, 3)
    lion = copy.deepcopy(_whole(spell, *sizes)).double()
    pictures = torch.tensor(rng.normal(size=(3, 4, 4)))
    same(
        lion(pictures).detach(),
        torch.func.functional_call(lion, dict(lion.named_parameters()), (pictures,)).detach(),
        "Lion(4, 5, 3).double()(pictures)",
    )


def test_learns(spell, rng):
    """every part of him has a gradient after `backward`, and no two lions share one"""
    sizes = (4, 9, 5)
    one, two = _whole(spell, *sizes), _whole(spell, *sizes)
    pictures = _pictures(rng, 16, 4)
    told = torch.tensor(rng.integers(0, 5, size=16))
    kept = [p.detach().clone() for p in two.parameters()]
    optimizer = torch.optim.SGD(one.parameters(), lr=0.1)
    torch.nn.functional.cross_entropy(one(pictures), told).backward()
    require(
        all(p.grad is not None for p in one.parameters()),
        "a gradient in every parameter",
        "there are some without",
    )
    optimizer.step()
    require(
        all(torch.equal(p, k) for p, k in zip(two.parameters(), kept, strict=True)),
        "a second lion who is left as he was when the first one learns",
        "he changes along: they share their parameters",
        mistakes={"one-for-all": True},
    )
