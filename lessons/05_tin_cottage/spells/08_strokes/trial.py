"""Whether the descent is the one that was asked for, and whether it arrives.

The way down is worked out here in plain arithmetic, without autograd, so that every step can be compared.
The mark for `fit` is measured in tests/benchmarks/test_marks_tin_cottage.py.
"""

import math

import torch

from oz.trial import mistake, require, same

MARK = 0.8
"""The root of the mean squared miss on trees that were not in the tally, in strokes; their noise is 0.5."""
FORMULAS = (
    "torch.linalg.lstsq",
    "torch.linalg.solve",
    "torch.linalg.pinv",
    "numpy.polyfit",
    "numpy.linalg.lstsq",
)


def tally(rng, trees):
    """Trees between 1 and 9 spans, their strokes with noise of 0.5, and the line behind them."""
    slope, begin = float(rng.uniform(1.5, 4.0)), float(rng.uniform(6.0, 10.0))
    girth = torch.tensor(rng.uniform(1.0, 9.0, size=trees), dtype=torch.float32)
    noise = torch.tensor(rng.normal(0.0, 0.5, size=trees), dtype=torch.float32)
    return girth, slope * girth + begin + noise, slope, begin


def rms(w, b, girth, strokes):
    """The root of the mean squared miss of the line."""
    return math.sqrt(((float(w) * girth + float(b) - strokes) ** 2).mean().item())


def walk(girth, strokes, lr, steps, *, factor=1.0, rust=False, sign=1.0):
    """Gradient descent in plain numbers: w, b and the losses, of which there is one more than steps."""
    g, s = girth.double(), strokes.double()
    w = b = kept_w = kept_b = 0.0
    losses = []
    for _ in range(steps):
        miss = w * g + b - s
        losses.append((miss**2).mean().item())
        to_w, to_b = factor * 2 * (miss * g).mean().item(), factor * 2 * miss.mean().item()
        kept_w, kept_b = (kept_w + to_w, kept_b + to_b) if rust else (to_w, to_b)
        w, b = w - sign * lr * kept_w, b - sign * lr * kept_b
    losses.append(((w * g + b - s) ** 2).mean().item())
    return w, b, losses


def _number(value):
    return float(value.detach()) if isinstance(value, torch.Tensor) and value.numel() == 1 else None


def _form(got, name):
    require(
        isinstance(got, (tuple, list)) and len(got) == 3,
        f"`w`, `b` and the losses from `{name}`",
        f"`{type(got).__name__}`",
        mistakes={"nothing-yet": got is None},
    )
    w, b, losses = got
    for letter, value in (("w", w), ("b", b)):
        require(
            isinstance(value, torch.Tensor) and value.ndim == 0,
            f"`{letter}` to be a tensor of one number, without axes",
            f"`{type(value).__name__}`"
            + (f" of shape `{tuple(value.shape)}`" if isinstance(value, torch.Tensor) else ""),
        )
    require(
        isinstance(losses, (list, tuple)) and all(isinstance(x, float) for x in losses),
        "the losses as plain numbers in a list",
        f"`{type(losses[0]).__name__}`s in it"
        if isinstance(losses, (list, tuple)) and len(losses)
        else f"`{type(losses).__name__}`",
        mistakes={
            "losses-with-graph": isinstance(losses, (list, tuple))
            and any(isinstance(x, torch.Tensor) for x in losses)
        },
    )
    return w, b, losses


def _ran(call):
    try:
        return call()
    except TypeError as error:
        if "NoneType" in str(error):
            mistake("leaf-lost")
        raise


def _compare(got, girth, strokes, lr, steps, name):
    w, b, losses = _form(got, name)
    true_w, true_b, true_losses = walk(girth, strokes, lr, steps)

    def came(a, c):
        return abs(_number(w) - a) < 1e-3 * (1 + abs(a)) and abs(_number(b) - c) < 1e-3 * (
            1 + abs(c)
        )

    words = f"{name}(…, lr={lr}, steps={steps})"
    n = len(girth)
    known = {
        "no-step": steps > 0 and came(0.0, 0.0),
        "rusted": steps > 1 and came(*walk(girth, strokes, lr, steps, rust=True)[:2]),
        "uphill": came(*walk(girth, strokes, lr, steps, sign=-1.0)[:2]),
        "sum-for-mean": n > 1 and came(*walk(girth, strokes, lr, steps, factor=n)[:2]),
        "one-step-off": came(*walk(girth, strokes, lr, steps + 1)[:2])
        or (steps > 1 and came(*walk(girth, strokes, lr, steps - 1)[:2])),
    }
    for letter, value, asked in (("w", w, true_w), ("b", b, true_b)):
        same(
            value.detach(),
            torch.tensor(asked, dtype=torch.float32),
            f"{letter} of {words}",
            dtype=False,
            rtol=1e-3,
            atol=1e-4,
            mistakes=known,
        )
    asked = true_losses[:steps]
    require(
        len(losses) == steps
        and all(
            math.isclose(a, c, rel_tol=1e-2, abs_tol=1e-3)
            for a, c in zip(losses, asked, strict=True)
        ),
        f"{steps} losses, each from before its step: {[round(x, 2) for x in asked[:3]]} …",
        f"{len(losses)}: {[round(x, 2) for x in losses[:3]]} …",
        mistakes={
            "no-losses": not losses,
            "losses-late": len(losses) == steps
            and all(
                math.isclose(a, c, rel_tol=1e-2, abs_tol=1e-3)
                for a, c in zip(losses, true_losses[1:], strict=True)
            ),
        },
    )


def _cases(rng):
    for trees, lr, steps in (
        (12, 0.01, 1),
        (5, 0.02, 3),
        (30, 0.005, 40),
        (2, 0.01, 7),
        (8, 0.015, 0),
    ):
        girth, strokes, _, _ = tally(rng, trees)
        yield girth, strokes, lr, steps


def test_descend(spell, rng):
    """`descend` goes down step by step as it should, on tallies nobody has seen"""
    for girth, strokes, lr, steps in _cases(rng):
        got = _ran(lambda g=girth, s=strokes, lr=lr, n=steps: spell.descend(g, s, lr, n))
        _compare(got, girth, strokes, lr, steps, "descend")


def test_by_hand(spell):
    """`descend` takes its steps by hand, without an optimizer"""
    tools = ("torch.optim.SGD", "torch.optim.Adam", "torch.optim.AdamW", "torch.optim.LBFGS")
    require(
        not any(spell.calls(tool, inside="descend") for tool in tools)
        and not spell.calls("with_optimizer", inside="descend"),
        "no optimizer in `descend`",
        "there is one",
        mistakes={"too-soon": True},
    )


def test_fit(spell, rng):
    """`fit` arrives: on trees that were not in the tally it misses by no more than 0.8 strokes"""
    require(
        not any(spell.calls(name) for name in FORMULAS),
        "a descent",
        "a formula",
        mistakes={"by-formula": True},
    )
    for trees in (30, 40, 60):
        girth, strokes, slope, begin = tally(rng, trees)
        got = _ran(lambda g=girth, s=strokes: spell.fit(g, s))
        require(
            isinstance(got, (tuple, list))
            and len(got) == 2
            and all(_number(x) is not None for x in got),
            "`w` and `b` from `fit`, tensors of one number",
            f"`{type(got).__name__}`",
            mistakes={"nothing-yet": got is None},
        )
        other = torch.tensor(rng.uniform(1.0, 9.0, size=200), dtype=torch.float32)
        noise = torch.tensor(rng.normal(0.0, 0.5, size=200), dtype=torch.float32)
        w, b = (_number(x) for x in got)
        finite = math.isfinite(w) and math.isfinite(b)
        missed = rms(w, b, other, slope * other + begin + noise) if finite else math.inf
        require(
            missed <= MARK,
            f"a miss of at most {MARK} strokes on {len(other)} other trees",
            f"{missed:.2f} (w = {w:.2f}, b = {b:.2f})",
            mistakes={
                "ran-away": not finite or abs(w) > 100,
                "through-nought": b == 0.0,
                "not-there-yet": True,
            },
        )


def test_with_optimizer(spell, rng):
    """`with_optimizer` goes the same way, step by step"""
    for girth, strokes, lr, steps in _cases(rng):
        got = _ran(lambda g=girth, s=strokes, lr=lr, n=steps: spell.with_optimizer(g, s, lr, n))
        _compare(got, girth, strokes, lr, steps, "with_optimizer")


def test_tool(spell):
    """and it is `torch.optim.SGD` that takes the steps"""
    require(
        spell.calls("torch.optim.SGD", inside="with_optimizer") or spell.calls("torch.optim.SGD"),
        "`torch.optim.SGD`",
        "it is not called",
        mistakes={"still-by-hand": True},
    )
