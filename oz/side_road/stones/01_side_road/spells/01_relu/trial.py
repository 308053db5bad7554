"""Whether `relu` does what was asked, where TorchCode's own checks do not look."""

import torch
from torch import nn

from oz.trial import require
from oz.trial.against import agrees, numbers

# --- TorchCode's own checks stand here ---


SHAPES = ((), (1,), (7,), (3, 4), (2, 0), (2, 3, 4, 5))


def test_values(spell, rng):
    """any shape, and the gradient with it"""
    for shape in SHAPES:
        x = 40 * numbers(rng, *shape)
        agrees(
            spell.relu, torch.nn.functional.relu, (x,), "relu(x)", uneven="no-slope",
            mistakes={
                "leaky": lambda x: torch.where(x > 0, x, torch.minimum(spell.relu(x), -1e-12 * torch.ones(()))),
                "capped": lambda x: x.clamp(0, 6),
                "smooth": torch.nn.functional.softplus,
            },
        )


def test_small(spell):
    """close to 0 there is a corner"""
    x = torch.linspace(-0.5, 0.5, 100)
    agrees(
        spell.relu, torch.nn.functional.relu, (x,), "relu(x)", atol=1e-7, uneven="no-slope",
        mistakes={"leaky": lambda x: torch.where(x > 0, x, 0.01 * x), "smooth": lambda x: spell.relu(x)},
    )


def test_type(spell, rng):
    """the number type stays"""
    for dtype in (torch.float64, torch.float16):
        got = spell.relu(numbers(rng, 5, dtype=dtype))
        require(got.dtype == dtype, f"`{dtype}`", f"`{got.dtype}`", mistakes={"number-type": True})


def test_left_alone(spell, rng):
    """what it is given stays as it was"""
    x = numbers(rng, 4, 4)
    before = x.clone()
    spell.relu(x)
    require(torch.equal(x, before), "`x` as it was", "a changed `x`", mistakes={"in-place": True})


def test_own(spell):
    """it is written out"""
    borrowed = [name for name in ('torch.relu', 'torch.nn.functional.relu', 'torch.nn.ReLU', 'Tensor.relu', 'Tensor.relu_', 'torch.threshold') if spell.calls(name)]
    require(not borrowed, "the thing itself", "a call of " + " and ".join(f"`{name}`" for name in borrowed), mistakes={"borrowed": True})
