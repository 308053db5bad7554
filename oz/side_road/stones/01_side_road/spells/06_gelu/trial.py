"""Whether `my_gelu` does what was asked, where TorchCode's own checks do not look."""

import torch
from torch import nn

from oz.trial import require, same
from oz.trial.against import agrees, numbers

# --- TorchCode's own checks stand here ---


F = torch.nn.functional


def test_values(spell, rng):
    """from -3.5 to 3.5, and the gradient with it"""
    x = torch.linspace(-3.5, 3.5, 176)
    wrong = {
        "tanh": lambda x: F.gelu(x, approximate="tanh"),
        "silu": F.silu,
        "sigmoid": lambda x: x * (1.702 * x).sigmoid(),
        "relu": F.relu,
    }
    for values in (x, numbers(rng, 3, 4, 5), numbers(rng)):
        agrees(spell.my_gelu, F.gelu, (values,), "my_gelu(x)", uneven="no-slope", mistakes=wrong, atol=3e-6)


def test_far(spell):
    """far out it is 0 on the left and `x` on the right"""
    x = torch.tensor([-300.0, -30.0, -8.0, 8.0, 30.0, 300.0])
    got = spell.my_gelu(x)
    same(got, F.relu(x), "my_gelu(x)", atol=1e-5, mistakes={"far-out": True})


def test_type(spell, rng):
    """the number type stays"""
    got = spell.my_gelu(numbers(rng, 4, dtype=torch.float64))
    require(got.dtype == torch.float64, "`torch.float64`", f"`{got.dtype}`", mistakes={"number-type": True})


def test_own(spell):
    """it is written out"""
    borrowed = [name for name in ('torch.nn.functional.gelu', 'torch.nn.GELU') if spell.calls(name)]
    require(not borrowed, "the thing itself", "a call of " + " and ".join(f"`{name}`" for name in borrowed), mistakes={"borrowed": True})
