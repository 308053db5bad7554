"""Whether `my_layer_norm` does what was asked, where TorchCode's own checks do not look."""

import torch
from torch import nn

from oz.trial import require, same
from oz.trial.against import agrees, near, numbers

# --- TorchCode's own checks stand here ---


F = torch.nn.functional


def _right(x, gamma, beta, eps=1e-5):
    return F.layer_norm(x, x.shape[-1:], gamma, beta, eps)


def _unbiased(x, gamma, beta, eps=1e-5):
    return (x - x.mean(-1, keepdim=True)) / (x.var(-1, keepdim=True) + eps).sqrt() * gamma + beta


def _outside(x, gamma, beta, eps=1e-5):
    return (x - x.mean(-1, keepdim=True)) / (x.std(-1, keepdim=True, unbiased=False) + eps) * gamma + beta


WRONG = {"eps-fixed": lambda x, g, b, eps=1e-5: _right(x, g, b), "eps-outside": _outside, "unbiased": _unbiased}


def test_far(spell, rng):
    """rows that lie far from 0"""
    x = numbers(rng, 4, 8) + 3000
    ones, zeros = torch.ones(8), torch.zeros(8)
    same(spell.my_layer_norm(x, ones, zeros), _right(x.double(), ones.double(), zeros.double()).float(), "the norm of x + 3000",
         atol=1e-2, mistakes={"unbiased": lambda t: near(t, _unbiased(x, ones, zeros), 1e-2), "far-off": True})


def test_shapes(spell, rng):
    """any axes before the last, few features and many"""
    for shape in ((6,), (3, 4), (2, 3, 5), (2, 2, 2, 3), (4, 2)):
        inputs = (2 * numbers(rng, *shape), numbers(rng, shape[-1]), numbers(rng, shape[-1]))
        agrees(spell.my_layer_norm, _right, inputs, f"the norm of shape {shape}", uneven="no-slope", mistakes={"unbiased": _unbiased})


def test_eps(spell, rng):
    """`eps`, where it matters"""
    for eps in (0.5, 1e-1, 1e-12):
        inputs = (0.3 * numbers(rng, 3, 6), numbers(rng, 6), numbers(rng, 6), eps)
        agrees(spell.my_layer_norm, _right, inputs, f"the norm with eps = {eps}", uneven="no-slope", mistakes=WRONG)


def test_flat(spell, rng):
    """a row that is all one number, and rows of very small ones"""
    gamma, beta = numbers(rng, 4), numbers(rng, 4)
    agrees(spell.my_layer_norm, _right, (1e-3 * numbers(rng, 3, 4), gamma, beta), "the norm of small numbers", mistakes=WRONG, uneven="no-slope")
    same(spell.my_layer_norm(torch.full((2, 4), 3.0), gamma, beta), beta.expand(2, 4), "the norm of rows of 3", atol=1e-5)


def test_own(spell):
    """it is written out"""
    borrowed = [name for name in ('torch.nn.functional.layer_norm', 'torch.nn.LayerNorm', 'torch.layer_norm', 'torch.native_layer_norm') if spell.calls(name)]
    require(not borrowed, "the thing itself", "a call of " + " and ".join(f"`{name}`" for name in borrowed), mistakes={"borrowed": True})
