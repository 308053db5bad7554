"""Whether `causal_attention` does what was asked, where TorchCode's own checks do not look."""

import torch
from torch import nn

from oz.trial import mistake, require
from oz.trial.against import agrees, near, numbers

# --- TorchCode's own checks stand here ---


def _right(q, k, v, scale=None, diagonal=0, after=False):
    scores = q @ k.mT * (k.shape[-1] ** -0.5 if scale is None else scale)
    seen = torch.ones(scores.shape[-2:]).tril(diagonal).bool()
    if after:
        return scores.softmax(-1) * seen @ v
    return scores.masked_fill(~seen, -1e9).softmax(-1) @ v


WRONG = {
    "first-value": lambda q, k, v: v,
    "unscaled": lambda q, k, v: _right(q, k, v, 1.0),
    "one-short": lambda q, k, v: torch.cat([v[..., :1, :], _right(q, k, v, diagonal=-1)[..., 1:, :]], -2),
    "masked-after": lambda q, k, v: _right(q, k, v, after=True),
    "sees-ahead": lambda q, k, v: _right(q, k, v, diagonal=99),
}


def _mean(q, k, v):
    return v.cumsum(-2) / torch.arange(1, v.shape[-2] + 1)[:, None]


def test_values(spell, rng):
    """lengths from 1 on, and any axes before"""
    for shape in ((2, 6, 8), (1, 1, 4), (3, 9, 5), (2, 3, 4, 6), (5, 2)):
        inputs = tuple(2 * numbers(rng, *shape) for _ in range(3))
        wrong = WRONG | {"first-value": _mean if near(spell.causal_attention(*inputs), _mean(*inputs)) else WRONG["first-value"]} if len(shape) == 3 else WRONG
        try:
            agrees(spell.causal_attention, _right, inputs, f"shape {shape}:", uneven="no-slope", mistakes=wrong)
        except (RuntimeError, IndexError) as error:
            mistake("three-axes", f"asked for any axes before the last two, yours says: {error}")


def test_lengths(spell, rng):
    """values longer than keys"""
    inputs = numbers(rng, 2, 5, 4), numbers(rng, 2, 5, 4), numbers(rng, 2, 5, 7)
    agrees(spell.causal_attention, _right, inputs, "longer values:", uneven="no-slope", mistakes=WRONG)


def test_own(spell):
    """it is written out"""
    borrowed = [name for name in ('torch.nn.functional.scaled_dot_product_attention', 'torch.nn.MultiheadAttention') if spell.calls(name)]
    require(not borrowed, "the thing itself", "a call of " + " and ".join(f"`{name}`" for name in borrowed), mistakes={"borrowed": True})
