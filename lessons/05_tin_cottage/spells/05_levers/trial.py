"""Whether vector-Jacobian products, Jacobians, second derivatives and per-row gradients come out right.

The functions are unseen, and what is expected of them is worked out here with pencil and paper.
"""

import torch

from oz.trial import mistake, require, same

NEAR = {"rtol": 1e-4, "atol": 1e-5}


def _rand(rng, *shape, dtype=torch.float32):
    return torch.tensor(rng.normal(size=shape), dtype=dtype)


def _near(a, b):
    return a is not None and a.shape == b.shape and torch.allclose(a, b, rtol=1e-3, atol=1e-4)


def _gates(rng):
    """Functions from levers to gates, each with its Jacobian."""
    for m, n in ((4, 3), (2, 5), (1, 3), (3, 1), (3, 3)):
        a = _rand(rng, m, n)
        yield "straight rods", n, (lambda x, a=a: a @ x), (lambda x, a=a: a)
        yield (
            "bent rods",
            n,
            (lambda x, a=a: torch.sin(a @ x)),
            (lambda x, a=a: torch.cos(a @ x)[:, None] * a),
        )
        yield (
            "a gate that nobody moves",
            n,
            (lambda x, a=a: torch.cat([(a @ x) ** 2, torch.ones(2)])),
            (lambda x, a=a, n=n: torch.cat([2 * (a @ x)[:, None] * a, torch.zeros(2, n)])),
        )


def test_pull(spell, rng):
    """`pull(y, x, weights)`: the weighted answer of unseen gates"""
    for words, n, f, jacobian in _gates(rng):
        x = _rand(rng, n).requires_grad_()
        y = f(x)
        weights = _rand(rng, len(y))
        rows = jacobian(x.detach())
        same(
            spell.pull(y, x, weights),
            weights @ rows,
            f"pull ({words})",
            **NEAR,
            mistakes={
                "nothing-yet": lambda t: t is None,
                "weights-unused": lambda t, r=rows: _near(t, r.sum(0)),
            },
        )


def test_again(spell, rng):
    """the same graph can be asked again, with other weights, and no rust is left"""
    for words, n, f, jacobian in _gates(rng):
        x = _rand(rng, n).requires_grad_()
        y, rows = f(x), jacobian(x.detach())
        first, second = _rand(rng, len(y)), _rand(rng, len(y))
        kept = spell.pull(y, x, first)
        got = spell.pull(y, x, second)
        same(
            got,
            second @ rows,
            f"pull, the second time ({words})",
            **NEAR,
            mistakes={"rusted": lambda t, w=(first + second) @ rows: _near(t, w)},
        )
        same(kept, first @ rows, "what was pulled first", **NEAR, mistakes={"rusted": True})
        require(
            x.grad is None,
            "no gradient left in `x`",
            "there is one",
            mistakes={"rust-left": True},
        )


def test_inner(spell, rng):
    """and `x` need not be a leaf"""
    base = _rand(rng, 3).requires_grad_()
    x = base * 2
    y, weights = x**3, _rand(rng, 3)
    got = spell.pull(y, x, weights)
    same(
        got,
        (weights * 3 * x**2).detach(),
        "pull, x a joint",
        **NEAR,
        mistakes={"leaf-only": lambda t: t is None},
    )


def test_table(spell, rng):
    """`table(f, x)`: a row for each gate, a column for each lever"""
    for words, n, f, jacobian in _gates(rng):
        x = _rand(rng, n)
        rows = jacobian(x)
        same(
            spell.table(f, x),
            rows,
            f"table ({words}, {n} levers)",
            **NEAR,
            mistakes={
                "nothing-yet": lambda t: t is None,
                "levers-as-rows": lambda t, r=rows: _near(t, r.T),
                "summed-up": lambda t, r=rows: t.ndim == 1 and _near(t, r.sum(0)),
                "rusted": lambda t, r=rows: len(r) > 1 and _near(t, r.cumsum(0)),
                "all-one-row": lambda t, r=rows: (
                    len(r) > 1 and _near(t, r.sum(0).expand(len(r), -1))
                ),
            },
        )


def _curved(rng):
    """Functions that work number for number, with the second derivative."""
    k = float(rng.uniform(0.5, 2.0))
    yield "sin", torch.sin, lambda x: -torch.sin(x)
    yield "cubed", (lambda x: k * x**3), lambda x: 6 * k * x
    yield "exp", (lambda x: torch.exp(k * x)), lambda x: k * k * torch.exp(k * x)
    yield "product", (lambda x: x * torch.cos(x)), lambda x: -2 * torch.sin(x) - x * torch.cos(x)


def _curve(spell, f, x, straight):
    try:
        return spell.curve(f, x)
    except RuntimeError as error:
        if "does not require grad" in str(error) or "not have been used" in str(error):
            mistake("straight-line" if straight else "way-back-unrecorded")
        raise


def test_curve(spell, rng):
    """`curve(f, x)`: the second derivative at every number of `x`"""
    for words, f, second in _curved(rng):
        for shape in ((4,), (2, 3), (1,)):
            x = _rand(rng, *shape)
            first = torch.func.grad(lambda t, f=f: f(t).sum())(x)
            same(
                _curve(spell, f, x, straight=False),
                second(x),
                f"curve ({words})",
                **NEAR,
                mistakes={
                    "nothing-yet": lambda t: t is None,
                    "only-once": lambda t, a=first: _near(t, a),
                    "rusted": lambda t, a=first, b=second(x): _near(t, a + b),
                },
            )


def test_straight(spell, rng):
    """what is straight has a second derivative too: nought"""
    for f in (lambda x: 3 * x, lambda x: x + 1):
        x = _rand(rng, 3)
        same(_curve(spell, f, x, straight=True), torch.zeros(3), "curve (a straight one)", **NEAR)


def test_each(spell, rng):
    """`each(loss, w, rows)`: every row's own gradient"""
    losses = (
        ("squares", lambda w, row: (w @ row) ** 2, lambda w, rows: 2 * (rows @ w)[:, None] * rows),
        (
            "sin",
            lambda w, row: torch.sin(w * row).sum(),
            lambda w, rows: rows * torch.cos(w * rows),
        ),
    )
    for words, loss, answer in losses:
        for n, d in ((5, 3), (1, 2), (3, 3)):
            w, rows = _rand(rng, d), _rand(rng, n, d)
            wanted = answer(w, rows)
            same(
                spell.each(loss, w, rows),
                wanted,
                f"each ({words}, {n} rows)",
                **NEAR,
                mistakes={
                    "nothing-yet": lambda t: t is None,
                    "one-for-all": lambda t, d=d: t.shape == (d,),
                    "all-one-row": lambda t, a=wanted: (
                        len(a) > 1 and _near(t, a.sum(0).expand(len(a), -1))
                    ),
                },
            )


def test_no_loop(spell):
    """`each` has no loop"""
    require(
        not spell.has_loop(inside="each"),
        "no loop in `each`",
        "there is one",
        mistakes={"row-by-row": True},
    )
