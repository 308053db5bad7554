"""Whether `my_softmax` does what was asked, where TorchCode's own checks do not look."""

import torch
from torch import nn

from oz.trial import require, same
from oz.trial.against import agrees, numbers

# --- TorchCode's own checks stand here ---


def _whole(x, dim):
    return x.flatten().softmax(0).reshape(x.shape)


def test_axes(spell, rng):
    """every axis, counted from either end"""
    for shape in ((4, 4), (3, 5), (2, 3, 4), (1, 6), (5, 1)):
        for dim in range(-len(shape), len(shape)):
            agrees(
                spell.my_softmax, torch.softmax, (3 * numbers(rng, *shape), dim), f"my_softmax(x, {dim})",
                uneven="no-slope",
                mistakes={"dim-ignored": lambda x, dim: x.softmax(-1), "one-total": _whole},
            )


def test_far(spell):
    """rows that lie far apart, each with its own largest number"""
    x = torch.tensor([[1000.0, 1001.0, 999.0], [-1000.0, -1002.0, -1001.0], [0.0, -200.0, 3.0]])
    agrees(
        spell.my_softmax, torch.softmax, (x, 1), "my_softmax(x, 1)", uneven="no-slope",
        mistakes={
            "overflows": lambda x, dim: x.exp() / x.exp().sum(dim, keepdim=True),
            "whole-maximum": lambda x, dim: (x - x.max()).exp() / (x - x.max()).exp().sum(dim, keepdim=True),
        },
    )


def test_masked(spell):
    """`-inf` gets a share of 0, and the rest shares as if it were not there"""
    x = torch.tensor([[1.0, -torch.inf, 2.0], [-torch.inf, 0.0, -torch.inf]])
    same(spell.my_softmax(x, -1), x.softmax(-1), "my_softmax(x, -1)")


def test_default(spell, rng):
    """called with `x` and `dim=` alike"""
    x = numbers(rng, 4, 4, dtype=torch.float64)
    same(spell.my_softmax(x, dim=0), x.softmax(0), "my_softmax(x, dim=0)", mistakes={"dim-ignored": True})


def test_own(spell):
    """it is written out"""
    borrowed = [name for name in ('torch.softmax', 'torch.nn.functional.softmax', 'torch.nn.Softmax', 'Tensor.softmax', 'torch.log_softmax', 'torch.nn.functional.log_softmax', 'Tensor.log_softmax') if spell.calls(name)]
    require(not borrowed, "the thing itself", "a call of " + " and ".join(f"`{name}`" for name in borrowed), mistakes={"borrowed": True})
