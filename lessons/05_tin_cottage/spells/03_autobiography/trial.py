"""Whether the way back was worked out by hand, and is the one that autograd walks."""

import torch

from oz.trial import require, same

NAMES = ("W", "b", "v", "x")
ASKING = (
    "Tensor.backward",
    "torch.autograd.grad",
    "torch.autograd.backward",
    "torch.func.grad",
    "torch.func.grad_and_value",
    "torch.func.vjp",
    "torch.func.jacrev",
    "torch.func.jacfwd",
    "torch.autograd.functional.jacobian",
    "torch.autograd.functional.vjp",
)
SIZES = ((5, 3, 4), (1, 2, 3), (6, 1, 2), (4, 4, 4), (3, 5, 1), (1, 1, 1))


def _case(rng, n, d, k, dtype):
    shapes = ((n, d), (d, k), (k,), (k,), (n,))
    return [torch.tensor(rng.normal(size=shape), dtype=dtype) for shape in shapes]


def _truth(x, W, b, v, target):
    leaves = [t.clone().requires_grad_() for t in (W, b, v, x)]
    w, bias, out, rows = leaves
    loss = ((torch.tanh(rows @ w + bias) @ out - target) ** 2).mean()
    return torch.autograd.grad(loss, leaves)


def _without_knee(x, W, b, v, target, slope):
    """The four, with another slope for the tanh, as a function of what came in and out of it."""
    hip = x @ W + b
    knee = torch.tanh(hip)
    to_miss = 2 * (knee @ v - target) / len(target)
    to_hip = torch.outer(to_miss, v) * slope(hip, knee)
    return x.T @ to_hip, to_hip.sum(0), knee.T @ to_miss, to_hip @ W.T


def _hand(spell, case):
    before = [t.clone() for t in case]
    got = spell.by_hand(*case)
    require(
        isinstance(got, (tuple, list)) and len(got) == 4,
        "four tensors: for `W`, `b`, `v` and `x`",
        f"`{type(got).__name__}`" + (f" of {len(got)}" if isinstance(got, (tuple, list)) else ""),
    )
    require(
        all(torch.equal(t, old) for t, old in zip(case, before, strict=True)),
        "what was handed in is left as it was",
        "it was written into",
        mistakes={"changed-inputs": True},
    )
    return got


def _check(spell, case, words, only):
    got, wanted = _hand(spell, case), _truth(*case)
    n = len(case[4])
    straight = _without_knee(*case, lambda hip, knee: torch.ones_like(hip))
    before = _without_knee(*case, lambda hip, knee: 1 - hip * hip)
    once = _without_knee(*case, lambda hip, knee: 1 - knee)

    def near(a, b):
        return a.shape == b.shape and torch.allclose(a, b, rtol=1e-3, atol=1e-6)

    tight = case[0].dtype == torch.float64
    for i in only:
        asked = wanted[i]
        same(
            got[i],
            asked,
            f"gradient of {NAMES[i]} ({words})",
            rtol=1e-9 if tight else 1e-3,
            atol=1e-11 if tight else 1e-5,
            requires_grad=False,
            mistakes={
                "left-out": lambda t: not t.any(),
                "not-summed": lambda t, i=i: i == 1 and t.ndim == 2,
                "averaged-bias": lambda t, i=i, a=asked: i == 1 and n > 1 and near(t * n, a),
                "on-its-side": lambda t, a=asked: a.ndim == 2 and t.shape == a.T.shape,
                "mean-forgotten": lambda t, a=asked: n > 1 and near(t, a * n),
                "two-forgotten": lambda t, a=asked: near(2 * t, a),
                "uphill": lambda t, a=asked: near(-t, a),
                "knee-passed-over": lambda t, i=i: i != 2 and near(t, straight[i]),
                "slope-of-what-came-in": lambda t, i=i: (
                    i != 2 and (near(t, before[i]) or near(t, once[i]))
                ),
                "nudged": lambda t, a=asked: torch.allclose(t, a, rtol=1e-2, atol=1e-3),
            },
        )


def test_by_hand(spell):
    """nothing is asked of autograd: the way back is written out"""
    for name in ASKING:
        require(
            not spell.calls(name),
            f"no `{name}`",
            "it is called",
            mistakes={"asked-autograd": True},
        )


def test_v(spell, rng):
    """`v`, the last factor, answers as autograd says, for unseen sizes"""
    for size in SIZES:
        _check(spell, _case(rng, *size, torch.float64), f"n, d, k = {size}", (2,))


def test_b(spell, rng):
    """`b`, behind the tanh, answers as autograd says"""
    for size in SIZES:
        _check(spell, _case(rng, *size, torch.float64), f"n, d, k = {size}", (1,))


def test_W(spell, rng):
    """`W`, in front of all that, answers as autograd says"""
    for size in SIZES:
        _check(spell, _case(rng, *size, torch.float64), f"n, d, k = {size}", (0,))


def test_x(spell, rng):
    """`x`, where the story began, answers as autograd says"""
    for size in SIZES:
        _check(spell, _case(rng, *size, torch.float64), f"n, d, k = {size}", (3,))


def test_coarse(spell, rng):
    """and in `float32`, with all four at once"""
    for size in SIZES[:3]:
        _check(spell, _case(rng, *size, torch.float32), f"n, d, k = {size}, float32", range(4))


def test_life(spell, rng):
    """`life` is told as it was"""
    x, W, b, v, target = _case(rng, 4, 3, 2, torch.float64)
    wanted = ((torch.tanh(x @ W + b) @ v - target) ** 2).mean()
    same(spell.life(x, W, b, v, target), wanted, "life(…)", rtol=1e-9, atol=1e-12)
