"""Whether the way back is sound at every place, and whether what makes a NaN on it is named.

The slopes are worked out here in double precision, from formulas that have no bad place.
"""

import pytest
import torch

from oz.trial import mistake, require, same

REFUSED = "modified by an inplace operation"
NEAR = {"rtol": 2e-4, "atol": 2e-5}


@pytest.fixture(autouse=True)
def quiet():
    """Anomaly mode is off before each check, whatever an earlier one left behind."""
    torch.autograd.set_detect_anomaly(False)
    yield
    torch.autograd.set_detect_anomaly(False)


def _howl(x, w, rounds):
    voice = torch.tanh(x @ w)
    for _ in range(rounds):
        voice = voice + torch.sigmoid(voice)
    return voice


def _gait(x):
    away = x - x.mean(dim=0)
    far = (away**2).sum(dim=1)
    wide = torch.log(1 + far)
    return torch.linalg.vector_norm(away, dim=1) * wide + torch.exp(-far) / (1 + wide)


def _gait_without(x):
    """`_gait`, with a stride that is not asked."""
    away = x - x.mean(dim=0)
    far = (away**2).sum(dim=1)
    wide = torch.log(1 + far)
    stride = torch.linalg.vector_norm(away, dim=1).detach()
    return stride * wide + torch.exp(-far) / (1 + wide)


def _asked(f, leaves, weights):
    """Values and slopes in double precision."""
    own = [t.detach().double().requires_grad_() for t in leaves]
    said = f(*own)
    slopes = torch.autograd.grad(said, own, grad_outputs=weights.double())
    return said.detach().float(), [s.float() for s in slopes]


def _came(said, leaves, weights):
    require(
        isinstance(said, torch.Tensor) and said.requires_grad,
        "something that can be asked",
        "cut off: no `grad_fn`",
        mistakes={"cut-off": True},
    )
    try:
        return torch.autograd.grad(said, leaves, grad_outputs=weights, allow_unused=True)
    except RuntimeError as error:
        if REFUSED in str(error):
            mistake("still-in-place")
        raise


def test_howl(spell, rng):
    """`howl` makes what it made, and its way back is whole"""
    for n, k, rounds in ((4, 3, 1), (2, 5, 3), (1, 1, 2), (3, 2, 0)):
        x = torch.tensor(rng.normal(size=(n, k)), dtype=torch.float32, requires_grad=True)
        w = torch.tensor(rng.normal(size=(k, k)), dtype=torch.float32, requires_grad=True)
        weights = torch.tensor(rng.normal(size=(n, k)), dtype=torch.float32)
        before = x.detach().clone(), w.detach().clone()
        said = spell.howl(x, w, rounds)
        value, slopes = _asked(lambda a, b, r=rounds: _howl(a, b, r), [x, w], weights)
        same(said.detach(), value, f"howl(…, rounds={rounds})", **NEAR)
        require(torch.equal(x, before[0]) and torch.equal(w, before[1]), "`x` and `w` unchanged")
        straight, _ = _asked(lambda a, b: torch.tanh(a @ b), [x, w], weights)
        for name, got, asked in zip("xw", _came(said, [x, w], weights), slopes):
            through_tanh = weights * (1 - straight**2)
            plain = through_tanh @ w.T if name == "x" else x.T @ through_tanh
            same(
                torch.zeros_like(asked) if got is None else got,
                asked,
                f"how howl answers {name}, {rounds} rounds",
                requires_grad=False,
                mistakes={
                    "cut-off": lambda t, p=plain: torch.allclose(t, p.detach(), atol=1e-4),
                    "past-the-book": rounds > 0,
                },
                **NEAR,
            )


def _packs(rng):
    yield "a pack on open ground", torch.tensor(rng.normal(size=(5, 3)))
    yield "a wolf alone", torch.tensor(rng.normal(size=(1, 4)))
    spot = torch.tensor(rng.integers(-3, 4, size=(1, 2)))
    yield "four wolves in one place", spot.repeat(4, 1)
    side = torch.tensor(rng.integers(1, 5, size=(1, 3)))
    yield "a leader in the very middle", torch.cat([side, -side, 0 * side])


def test_gait(spell, rng):
    """`gait` makes what it made, and its way back has a number everywhere, in the middle too"""
    for words, places in _packs(rng):
        x = places.float().requires_grad_()
        weights = torch.tensor(rng.normal(size=len(x)), dtype=torch.float32)
        value, (asked,) = _asked(_gait, [x], weights)
        said = spell.gait(x)
        same(
            said.detach(),
            value,
            f"gait of {words}",
            mistakes={"other-stride": lambda t, v=value: torch.allclose(t, v, atol=0.2)},
            **NEAR,
        )
        (got,) = _came(said, [x], weights)
        same(
            torch.zeros_like(asked) if got is None else got,
            asked,
            f"how gait answers the places of {words}",
            requires_grad=False,
            mistakes={
                "still-nan": lambda t: bool(t.isnan().any()),
                "swept-under": lambda t: not t.any(),
                "no-stride": lambda t, x=x, w=weights: torch.allclose(
                    t, _asked(_gait_without, [x], w)[1][0], atol=1e-4
                ),
            },
            **NEAR,
        )


def _falls():
    """Functions whose way back makes a NaN, or none, with inputs and the name of the step."""
    zero = torch.zeros(3)

    def rooted(x):
        return torch.where(x > 0, x.sqrt(), x)

    def powered(x):
        return torch.where(x > 0, x**0.5, 0.0)

    def divided(x, y):
        ratio = x / y
        return torch.where(y == 0, 0.0, ratio)

    def surprise(x):
        return torch.where(x > 0, x * torch.log(x), 0.0)

    yield rooted, [zero], "SqrtBackward0"
    yield powered, [torch.tensor([0.0, 4.0])], "PowBackward0"
    yield divided, [torch.zeros(2), torch.tensor([0.0, 1.0])], "DivBackward0"
    yield surprise, [torch.tensor([0.5, 0.0])], "MulBackward0"
    yield rooted, [torch.tensor([1.0, 4.0])], None
    yield torch.tanh, [zero], None
    yield divided, [torch.ones(2), torch.ones(2)], None


def _trail_of_leaves(spell, f, given):
    """What `trail` says of inputs that ask for a gradient already."""
    try:
        return spell.trail(f, *(t.clone().requires_grad_() for t in given))
    finally:
        torch.autograd.set_detect_anomaly(False)


def test_trail(spell):
    """`trail` names the step that makes a NaN, and says `None` where there is none"""
    for f, inputs, asked in _falls():
        before = [t.clone() for t in inputs]
        try:
            got = spell.trail(f, *inputs)
        except RuntimeError as error:
            if "returned nan values" in str(error):
                mistake("it-raises")
            raise
        on = torch.is_anomaly_enabled()
        torch.autograd.set_detect_anomaly(False)
        require(
            not on,
            "anomaly mode off again afterwards",
            "it is still on",
            mistakes={"left-on": True},
        )
        require(
            all(
                torch.equal(a, b) and not a.requires_grad and a.grad is None
                for a, b in zip(inputs, before)
            ),
            "inputs as they were: the same numbers, no `requires_grad`, no `.grad`",
            "they were changed",
            mistakes={"inputs-changed": True},
        )
        require(
            got == asked,
            f"`{asked!r}` of `{f.__name__}`",
            f"`{got!r}`",
            mistakes={
                "nothing-yet": got is None
                and not spell.calls("torch.autograd.set_detect_anomaly")
                and not spell.calls("torch.autograd.detect_anomaly"),
                "inputs-ask-nothing": lambda said, f=f, given=before, a=asked: (
                    a is not None and _trail_of_leaves(spell, f, given) == a
                ),
                "not-watched": got is None,
                "not-a-name": not isinstance(got, str) or " " in got,
                "only-the-root": got == "SqrtBackward0",
            },
        )
