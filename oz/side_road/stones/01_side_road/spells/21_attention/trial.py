"""Whether `scaled_dot_product_attention` does what was asked, where TorchCode's own checks do not look."""

import torch
from torch import nn

from oz.trial import mistake, require
from oz.trial.against import agrees, numbers

# --- TorchCode's own checks stand here ---


F = torch.nn.functional


def _plain(q, k, v, scale=None, dim=-1):
    return (q @ k.mT * (k.shape[-1] ** -0.5 if scale is None else scale)).softmax(dim) @ v


WRONG = {
    "unscaled": lambda q, k, v: _plain(q, k, v, 1.0),
    "by-values": lambda q, k, v: _plain(q, k, v, v.shape[-1] ** -0.5),
    "wrong-axis": lambda q, k, v: _plain(q, k, v, dim=-2),
}


def test_shapes(spell, rng):
    """queries, keys and values of different numbers and lengths"""
    for n, queries, keys, d, dv in ((2, 4, 4, 8, 8), (1, 3, 7, 5, 2), (3, 1, 5, 4, 9), (2, 6, 1, 3, 4)):
        inputs = numbers(rng, n, queries, d), numbers(rng, n, keys, d), numbers(rng, n, keys, dv)
        agrees(spell.scaled_dot_product_attention, _plain, inputs, f"{queries} queries, {keys} keys:", uneven="no-slope", mistakes=WRONG)


def test_axes(spell, rng):
    """two axes, and four"""
    for front in ((), (2, 3)):
        inputs = numbers(rng, *front, 4, 6), numbers(rng, *front, 5, 6), numbers(rng, *front, 5, 3)
        try:
            agrees(spell.scaled_dot_product_attention, _plain, inputs, f"{len(front) + 2} axes:", uneven="no-slope", mistakes=WRONG)
        except (RuntimeError, IndexError, ValueError) as error:
            mistake("three-axes", f"asked for any axes before the last two, yours says: {error}")


def test_large(spell, rng):
    """products in the hundreds"""
    inputs = 30 * numbers(rng, 1, 3, 8), 30 * numbers(rng, 1, 4, 8), numbers(rng, 1, 4, 2)
    agrees(spell.scaled_dot_product_attention, _plain, inputs, "large products:", uneven="no-slope", mistakes=WRONG)


def test_own(spell):
    """it is written out"""
    borrowed = [name for name in ('torch.nn.functional.scaled_dot_product_attention', 'torch.nn.MultiheadAttention') if spell.calls(name)]
    require(not borrowed, "the thing itself", "a call of " + " and ".join(f"`{name}`" for name in borrowed), mistakes={"borrowed": True})
