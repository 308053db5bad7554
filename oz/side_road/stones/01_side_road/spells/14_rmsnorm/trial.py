"""Whether `rms_norm` does what was asked, where TorchCode's own checks do not look."""

import torch
from torch import nn

from oz.trial import require, same
from oz.trial.against import agrees, near, numbers

# --- TorchCode's own checks stand here ---


def _right(x, weight, eps=1e-6):
    return x / (x.pow(2).mean(-1, keepdim=True) + eps).sqrt() * weight


WRONG = {
    "eps-fixed": lambda x, w, eps=1e-6: _right(x, w),
    "eps-outside": lambda x, w, eps=1e-6: x / (x.pow(2).mean(-1, keepdim=True).sqrt() + eps) * w,
    "centred": lambda x, w, eps=1e-6: _right(x - x.mean(-1, keepdim=True), w, eps),
    "whole": lambda x, w, eps=1e-6: x / (x.pow(2).mean() + eps).sqrt() * w,
}


def test_shapes(spell, rng):
    """any axes before the last, rows of very different size"""
    for shape in ((5,), (3, 4), (2, 3, 6), (2, 2, 2, 3), (4, 1)):
        x = numbers(rng, *shape) * 10 ** numbers(rng, *shape[:-1], 1) + 1
        agrees(spell.rms_norm, _right, (x, numbers(rng, shape[-1])), f"the norm of shape {shape}", uneven="no-slope", mistakes=WRONG)


def test_eps(spell, rng):
    """`eps`, where it matters"""
    for eps in (0.5, 0.01, 1e-12):
        agrees(spell.rms_norm, _right, (0.2 * numbers(rng, 4, 6), numbers(rng, 6), eps), f"the norm with eps = {eps}", uneven="no-slope", mistakes=WRONG)


def test_small(spell, rng):
    """very small numbers, and a row of noughts"""
    x = 1e-4 * numbers(rng, 3, 4)
    x[1] = 0
    weight = numbers(rng, 4)
    same(spell.rms_norm(x, weight), _right(x, weight), "the norm of small numbers", mistakes={k: lambda t, f=f: near(t, f(x, weight)) for k, f in WRONG.items()})


def test_own(spell):
    """it is written out"""
    borrowed = [name for name in ('torch.nn.functional.rms_norm', 'torch.nn.RMSNorm', 'torch.rms_norm') if spell.calls(name)]
    require(not borrowed, "the thing itself", "a call of " + " and ".join(f"`{name}`" for name in borrowed), mistakes={"borrowed": True})
