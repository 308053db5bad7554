"""Whether what the axe makes, and what it answers, agree: values, gradients, and gradients of gradients."""

import ast

import torch

from oz.trial import mistake, require, same

NEAR = {"rtol": 1e-4, "atol": 1e-6}
REFUSED = "modified by an inplace operation"
LEAF = "a leaf Variable that requires grad is being used in an in-place operation"


def _x(rng, *shape):
    return torch.tensor(rng.normal(size=shape), dtype=torch.float64).requires_grad_()


def _asked(values, leaves, rng):
    """Weights for the values, and how the weighted sum answers the leaves."""
    weights = torch.tensor(rng.normal(size=tuple(values.shape)), dtype=torch.float64)
    require(
        values.requires_grad,
        "something that can be asked",
        "cut off from `x`: no `grad_fn`",
        mistakes={"cut-off": True},
    )
    try:
        return weights, torch.autograd.grad(values, leaves, grad_outputs=weights, allow_unused=True)
    except RuntimeError as error:
        if REFUSED in str(error):
            mistake("cut-in-place")
        raise


def _made(call):
    try:
        return call()
    except RuntimeError as error:
        if LEAF in str(error):
            mistake("leaf-cut")
        raise


def _gradient(got, asked, words, **mistakes):
    same(
        torch.zeros_like(asked) if got is None else got,
        asked + 0.0,  # no minus nought in the message
        words,
        requires_grad=False,
        mistakes={**mistakes, "silently-wrong": True},
        **NEAR,
    )


def _unharmed(x, before):
    require(
        torch.equal(x.detach(), before),
        "`x` as it was",
        "`x` was cut",
        mistakes={"x-cut": True},
    )


def test_values(spell, rng):
    """`swing`, `grip` and `sharpen` make what they made before"""
    x, w = _x(rng, 6), _x(rng, 6)
    before = x.detach().clone()
    limit = float(rng.uniform(0.8, 1.5))
    with torch.no_grad():
        wanted = {
            "swing": torch.minimum(x.exp(), torch.tensor(limit, dtype=torch.float64)),
            "grip": torch.where(x.tanh() * w < 0, 0.0, x.tanh() * w),
        }
        edge = x.clone()
        for _ in range(3):
            edge = edge / 2 - edge**2 / 4
        wanted["sharpen"] = edge
    made = {
        "swing": _made(lambda: spell.swing(x, limit)),
        "grip": _made(lambda: spell.grip(x, w)),
        "sharpen": _made(lambda: spell.sharpen(x, 3)),
    }
    _unharmed(x, before)
    for name, values in made.items():
        same(
            values.detach() if isinstance(values, torch.Tensor) else values,
            wanted[name],
            f"{name}(…)",
            mistakes={"not-cut": lambda t, n=name: n == "swing" and bool((t > limit + 1e-6).any())},
            **NEAR,
        )


def test_swing(spell, rng):
    """`swing` answers by `exp(x)` where it was not cut, and not at all where it was"""
    for shape in ((8,), (3, 4), (1,)):
        x, limit = _x(rng, *shape), float(rng.uniform(0.8, 1.5))
        before = x.detach().clone()
        values = _made(lambda x=x, limit=limit: spell.swing(x, limit))
        _unharmed(x, before)
        weights, (got,) = _asked(values, [x], rng)
        free = x.detach().exp()
        _gradient(
            got,
            weights * free * (free < limit),
            "how swing answers x",
            **{"answers-anyway": lambda t, w=weights * free: torch.allclose(t, w)},
        )


def test_grip(spell, rng):
    """`grip` answers both its inputs, and neither where it was nought"""
    for shape in ((9,), (2, 5)):
        x, w = _x(rng, *shape), _x(rng, *shape)
        values = _made(lambda x=x, w=w: spell.grip(x, w))
        weights, (to_x, to_w) = _asked(values, [x, w], rng)
        hold = x.detach().tanh()
        open_ = (hold * w.detach() > 0).double()
        _gradient(to_x, weights * open_ * w.detach() * (1 - hold**2), "how grip answers x")
        _gradient(to_w, weights * open_ * hold, "how grip answers w")


def test_sharpen(spell, rng):
    """`sharpen` answers `x` through every stroke, for any number of them"""
    for strokes in (1, 2, 5, 0):
        x = _x(rng, 5)
        values = _made(lambda x=x, strokes=strokes: spell.sharpen(x, strokes))
        weights, (got,) = _asked(values, [x], rng)
        edge, slope = x.detach().clone(), torch.ones(5, dtype=torch.float64)
        for _ in range(strokes):
            edge, slope = edge / 2 - edge**2 / 4, slope * (0.5 - edge / 2)
        _gradient(got, weights * slope, f"how sharpen answers x, {strokes} strokes")


def test_book(spell):
    """nothing reaches past the book: no `.data`"""
    require(
        not any(getattr(node, "attr", "") == "data" for node in ast.walk(spell.tree)),
        "no `.data`",
        "it is there",
        mistakes={"past-the-book": True},
    )
