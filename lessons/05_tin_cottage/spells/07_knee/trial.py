"""Whether the joints pass back what they should, and whether the player's gauge can tell."""

import torch
from torch.autograd.gradcheck import GradcheckError

from oz.trial import mistake, require, same

NEAR = {"rtol": 1e-7, "atol": 1e-10}


def _rand(rng, *shape):
    return torch.tensor(rng.normal(size=shape), dtype=torch.float64)


def _joint(slope, forward=torch.sin):
    """A joint whose way back is `slope(weight, x)`, right or wrong."""

    class Joint(torch.autograd.Function):
        @staticmethod
        def forward(x):
            return forward(x)

        @staticmethod
        def setup_context(ctx, inputs, output):
            ctx.save_for_backward(*inputs)

        @staticmethod
        def backward(ctx, weight):
            return slope(weight, *ctx.saved_tensors)

    return Joint.apply


def _past_the_book(x):
    y = torch.exp(x)
    y.data.add_(1.0)
    return y


SOUND = {
    "sin": torch.sin,
    "a sound joint": _joint(lambda w, x: w * torch.cos(x)),
    "sum of squares": lambda x: (x**2).sum(),
    "a product with itself": lambda x: x * x.flip(0),
}
LAME = {
    "a joint with its sign turned": _joint(lambda w, x: -w * torch.cos(x)),
    "a joint that forgets its weight": _joint(lambda w, x: torch.cos(x)),
    "a joint that is off by a hundredth": _joint(lambda w, x: 1.01 * w * torch.cos(x)),
    "a joint that answers at the wrong place": _joint(lambda w, x: w * torch.cos(x) + w * x**2),
    "a cut past the book": _past_the_book,
}


def _measured(spell, f, *inputs):
    before = [t.clone() for t in inputs]
    wanted = [t.requires_grad for t in inputs]
    try:
        got = spell.gauge(f, *inputs)
    except GradcheckError:
        mistake("gauge-raises")
    same_inputs = all(torch.equal(a, b) for a, b in zip(inputs, before, strict=True))
    require(
        same_inputs and [t.requires_grad for t in inputs] == wanted,
        "the inputs as they were handed in",
        "they were changed",
        mistakes={"inputs-changed": True},
    )
    require(
        isinstance(got, bool),
        "`True` or `False`",
        f"`{type(got).__name__}`",
        mistakes={"says-nothing": True},
    )
    return got


def test_gauge(spell, rng):
    """`gauge` says `True` of sound joints and `False` of lame ones, however the inputs come"""
    for kind in (torch.float64, torch.float32):
        for asked in (False, True):
            for wanted, joints in ((True, SOUND), (False, LAME)):
                for words, f in joints.items():
                    x = _rand(rng, 4).to(kind).requires_grad_(asked)
                    got = _measured(spell, f, x)
                    short = str(kind).removeprefix("torch.")
                    require(
                        got == wanted,
                        f"`{wanted}` of {words} ({short})",
                        f"`{got}`",
                        mistakes={
                            "too-coarse": wanted and kind == torch.float32,
                            "never-measured": not wanted,
                        },
                    )
    two = _rand(rng, 3), _rand(rng, 3)
    require(_measured(spell, torch.mul, *two), "`True` of a product of two", "`False`")


def _answers(call, leaves, weights):
    try:
        return torch.autograd.grad(call(), leaves, grad_outputs=weights, allow_unused=True)
    except RuntimeError as error:
        if "incorrect number of gradients" in str(error):
            mistake("one-for-each")
        raise


def test_knee(spell, rng):
    """`Knee` makes what it made, and passes back what it should, whatever weight is on it"""
    for shape in ((5,), (2, 3), (1,)):
        bend, firm = _rand(rng, *shape).requires_grad_(), _rand(rng, *shape).requires_grad_()
        weights = _rand(rng, *shape)
        plain = bend * torch.sigmoid(firm * bend)
        same(
            spell.Knee.apply(bend, firm).detach(), plain.detach(), "Knee.apply(bend, firm)", **NEAR
        )
        wanted = torch.autograd.grad(plain, [bend, firm], grad_outputs=weights)
        got = _answers(lambda b=bend, f=firm: spell.Knee.apply(b, f), [bend, firm], weights)
        s = torch.sigmoid(firm * bend).detach()
        bare = (s + (bend * firm).detach() * s * (1 - s), bend.detach() ** 2 * s * (1 - s))
        for name, mine, asked, alone in zip(("bend", "firm"), got, wanted, bare, strict=True):
            same(
                mine,
                asked,
                f"how Knee answers {name}, with weights",
                requires_grad=False,
                mistakes={
                    "not-asked": lambda t: t is None,
                    "weight-forgotten": lambda t, a=alone: torch.allclose(t, a),
                    "weight-twice": lambda t, a=asked, w=weights: torch.allclose(t, a * w),
                    "uphill": lambda t, a=asked: torch.allclose(-t, a),
                },
                **NEAR,
            )
    require(
        torch.autograd.gradcheck(
            spell.Knee.apply,
            (_rand(rng, 4).requires_grad_(), _rand(rng, 4).requires_grad_()),
            raise_exception=False,
        ),
        "`Knee` to pass gradcheck",
        "does not",
    )


def _braked(spell, x, hard):
    y = spell.brake(x, hard)
    require(
        isinstance(y, torch.Tensor),
        "a tensor from `brake`",
        f"`{type(y).__name__}`",
        mistakes={"no-brake": y is None},
    )
    return y


def test_brake(spell, rng):
    """`brake(x, hard)` makes and passes back what it should"""
    for shape, hard in (((6,), 0.7), ((2, 3), 2.0), ((1,), 0.0), ((4,), float(rng.uniform(1, 5)))):
        x, weights = _rand(rng, *shape).requires_grad_(), _rand(rng, *shape)
        free = x.detach()
        same(
            _braked(spell, x, hard).detach(),
            free / (1 + hard * free.abs()),
            f"brake(x, {hard:.2f})",
            **NEAR,
        )
        (got,) = _answers(lambda x=x, h=hard: _braked(spell, x, h), [x], weights)
        asked = weights / (1 + hard * free.abs()) ** 2
        same(
            got,
            asked,
            f"how brake answers x, hard = {hard:.2f}",
            requires_grad=False,
            mistakes={
                "not-asked": lambda t: t is None,
                "weight-forgotten": lambda t, a=asked / weights: torch.allclose(t, a),
                "not-squared": lambda t, w=weights, x=free, h=hard: torch.allclose(
                    t, w / (1 + h * x.abs())
                ),
                "uphill": lambda t, a=asked: torch.allclose(-t, a),
            },
            **NEAR,
        )


def test_nought(spell):
    """also at nought, where a brake does nothing yet"""
    x = torch.zeros(2, dtype=torch.float64, requires_grad=True)
    (got,) = _answers(lambda: _braked(spell, x, 3.0), [x], torch.ones(2, dtype=torch.float64))
    same(
        got, torch.ones(2, dtype=torch.float64), "how brake answers 0", requires_grad=False, **NEAR
    )


def test_own(spell, rng):
    """it is a Function of its own, called `Brake`, with a `setup_context`"""
    y = _braked(spell, _rand(rng, 3).requires_grad_(), 1.0)
    require(
        type(y.grad_fn).__name__ == "BrakeBackward"
        and issubclass(spell.Brake, torch.autograd.Function),
        "a graph that says `BrakeBackward`",
        f"`{type(y.grad_fn).__name__}`",
        mistakes={"borrowed-way-back": True},
    )
    x = _rand(rng, 3)
    try:
        got = torch.func.grad(lambda t: _braked(spell, t, 2.0).sum())(x)
    except RuntimeError as error:
        if "setup_context" in str(error):
            mistake("old-style")
        raise
    same(
        got,
        1 / (1 + 2 * x.abs()) ** 2,
        "the same asked by `torch.func.grad`",
        requires_grad=False,
        **NEAR,
    )
