"""Whether `GroupQueryAttention` does what was asked, where TorchCode's own checks do not look."""

import torch

from oz.trial import require
from oz.trial.against import agrees, numbers

# --- TorchCode's own checks stand here ---


def _right(m, h, g, x, spread=None, scale=None, mask=None):
    d = x.shape[-1] // h
    q, k, v = (w(x).unflatten(-1, (n, d)).transpose(1, 2) for w, n in ((m.W_q, h), (m.W_k, g), (m.W_v, g)))
    spread = spread or (lambda t: t.repeat_interleave(h // g, 1))
    scores = q @ spread(k).mT * (scale or d**-0.5)
    if mask is not None:
        scores = scores + mask
    return m.W_o((scores.softmax(-1) @ spread(v)).transpose(1, 2).flatten(2))


def test_values(spell, rng):
    """one key head for all, one for each, and between"""
    for n, length, d, h, g in ((2, 5, 12, 6, 3), (1, 4, 8, 4, 2), (2, 3, 8, 4, 1), (1, 6, 8, 4, 4), (2, 1, 4, 2, 1)):
        m = spell.GroupQueryAttention(d_model=d, num_heads=h, num_kv_heads=g)
        require(tuple(m.W_o.weight.shape) == (d, d), f"`W_o` of {d} by {d}", f"`{tuple(m.W_o.weight.shape)}`")
        x = 3 * numbers(rng, n, length, d)
        got = m.forward(x)
        wrong = {
            "interleaved": lambda x: _right(m, h, g, x, lambda t: t.repeat(1, h // g, 1, 1)),
            "first-only": lambda x: _right(m, h, g, x, lambda t: t[:, :1].expand(-1, h, -1, -1)),
            "unscaled": lambda x: _right(m, h, g, x, scale=1.0),
            "causal": lambda x: _right(m, h, g, x, mask=torch.full((length, length), -1e9).triu(1)),
            "no-attention": lambda x: got,
        }
        weights = [p for w in (m.W_q, m.W_k, m.W_v, m.W_o) for p in w.parameters()]
        agrees(m.forward, lambda x: _right(m, h, g, x), (x,), f"{h} heads, {g} for keys:", weights=weights, uneven="no-slope", mistakes=wrong, atol=1e-4)
