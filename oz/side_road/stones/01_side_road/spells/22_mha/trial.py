"""Whether `MultiHeadAttention` does what was asked, where TorchCode's own checks do not look."""

import torch
from torch import nn

from oz.trial import require
from oz.trial.against import agrees, numbers

# --- TorchCode's own checks stand here ---


def _right(m, h, q, k, v, scale=None, split=None, join=None):
    def heads(x):
        return split(x) if split else x.unflatten(-1, (h, -1)).transpose(1, 2)

    q, k, v = heads(m.W_q(q)), heads(m.W_k(k)), heads(m.W_v(v))
    seen = (q @ k.mT * (scale or q.shape[-1] ** -0.5)).softmax(-1) @ v
    return m.W_o(join(seen) if join else seen.transpose(1, 2).flatten(2))


def _wrong(m, h, d):
    return {
        "one-head": lambda q, k, v: _right(m, 1, q, k, v),
        "wrong-scale": lambda q, k, v: _right(m, h, q, k, v, scale=d**-0.5),
        "scrambled": lambda q, k, v: _right(m, h, q, k, v, split=lambda x: x.reshape(len(x), h, x.shape[1], d // h)),
        "not-joined": lambda q, k, v: _right(m, h, q, k, v, join=lambda s: s.reshape(len(s), -1, d)),
    }


def test_values(spell, rng):
    """batches, several heads, other queries than keys"""
    for n, queries, keys, d, h in ((2, 5, 5, 8, 2), (3, 4, 7, 12, 4), (1, 1, 6, 6, 3), (2, 3, 1, 4, 1), (2, 3, 3, 4, 4)):
        m = spell.MultiHeadAttention(d_model=d, num_heads=h)
        inputs = numbers(rng, n, queries, d), numbers(rng, n, keys, d), numbers(rng, n, keys, d)
        weights = [p for w in (m.W_q, m.W_k, m.W_v, m.W_o) for p in w.parameters()]
        agrees(m.forward, lambda q, k, v, m=m, h=h: _right(m, h, q, k, v), tuple(3 * t for t in inputs), f"{h} heads, {queries} queries, {keys} keys:",
               weights=weights, uneven="no-slope", mistakes=_wrong(m, h, d), atol=1e-4)


def test_own(spell):
    """it is written out"""
    borrowed = [name for name in ('torch.nn.MultiheadAttention', 'torch.nn.functional.multi_head_attention_forward') if spell.calls(name)]
    require(not borrowed, "the thing itself", "a call of " + " and ".join(f"`{name}`" for name in borrowed), mistakes={"borrowed": True})
