"""Whether `MultiHeadCrossAttention` does what was asked, where TorchCode's own checks do not look."""

import torch
from torch import nn

from oz.trial import require, same
from oz.trial.against import agrees, numbers

# --- TorchCode's own checks stand here ---


def _named(m):
    return all(isinstance(getattr(m, name, None), nn.Linear) for name in ("W_q", "W_k", "W_v", "W_o"))


def _right(m, h, a, b, scale=None):
    q, k, v = (w(t).unflatten(-1, (h, -1)).transpose(1, 2) for w, t in ((m.W_q, a), (m.W_k, b), (m.W_v, b)))
    return m.W_o(((q @ k.mT * (scale or q.shape[-1] ** -0.5)).softmax(-1) @ v).transpose(1, 2).flatten(2))


def _made(spell, rng, d=8, h=2):
    m = spell.MultiHeadCrossAttention(d_model=d, num_heads=h)
    return m, 2 * numbers(rng, 2, 3, d), 2 * numbers(rng, 2, 5, d)


def test_guests(spell, rng):
    """every query sees every key, in its own way, and its own pair only"""
    m, a, b = _made(spell, rng)
    with torch.no_grad():
        out = m(a, b)
        for key in range(5):
            other = b.clone()
            other[:, key] += 2
            moved = (m(a, other) - out).abs().amax(-1) > 1e-6
            require(bool(moved.all()), f"key {key} seen by every query", "by some only", mistakes={"masked": True})
        other = b.clone()
        other[1] += 1
        require(torch.allclose(m(a, other)[0], out[0], atol=1e-5), "each pair of the batch for itself", "one that sees another", mistakes={"batch-mixed": True})
        spread = (out - out[:, :1]).abs().max()
        require(bool(spread > 1e-4), "other shares for other queries", "the same for all", mistakes={"mean-only": True})


def test_order(spell, rng):
    """the order of the keys makes no difference, and of queries only the order of what comes out"""
    m, a, b = _made(spell, rng)
    with torch.no_grad():
        same(m(a, b[:, [3, 1, 0, 4, 2]]), m(a, b), "with the keys in another order", atol=1e-4, mistakes={"masked": True})
        same(m(a[:, [2, 0, 1]], b), m(a, b)[:, [2, 0, 1]], "with the queries in another order", atol=1e-4, mistakes={"masked": True})


def test_values_alone(spell, rng):
    """where all keys are alike, who asks makes no difference"""
    m, a, b = _made(spell, rng)
    b = b[:, :1].expand(2, 5, 8)
    with torch.no_grad():
        same(m(a, b), m(a + 1, b), "of five equal keys, with other queries", atol=1e-4, mistakes={"leaks-query": True})


def test_matrices(spell, rng):
    """four matrices, and all of them learn"""
    m, a, b = _made(spell, rng)
    count = sum(p.numel() for p in m.parameters() if p.ndim == 2)
    require(count == 4 * 64, "four matrices of 8 by 8", f"{count} numbers in matrices")
    m(a, b).square().sum().backward()
    dead = [name for name, p in m.named_parameters() if p.ndim == 2 and (p.grad is None or not p.grad.abs().sum() > 0)]
    require(not dead, "a gradient in every matrix", f"none in {', '.join(dead)}", mistakes={"dead-weights": True})


def test_heads(spell, rng):
    """several heads, each with its own scores and its own scale"""
    m, a, b = _made(spell, rng, 12, 3)
    if _named(m):
        agrees(m, lambda a, b: _right(m, 3, a, b), (a, b), "12 numbers in 3 heads:", weights=m.parameters(), atol=1e-4, uneven="dead-weights",
               mistakes={
                   "one-head": lambda a, b: _right(m, 1, a, b),
                   "unscaled": lambda a, b: _right(m, 3, a, b, scale=1.0),
                   "mean-only": lambda a, b: _right(m, 3, 0 * a, b),
               })
        return
    torch.manual_seed(3)
    one, torch_state = spell.MultiHeadCrossAttention(d_model=12, num_heads=1), m.state_dict()
    one.load_state_dict(torch_state)
    with torch.no_grad():
        require(not torch.allclose(one(a, b), m(a, b), atol=1e-4), "one head that differs from three", "the same", mistakes={"one-head": True})


def test_own(spell):
    """it is written out"""
    borrowed = [name for name in ('torch.nn.MultiheadAttention', 'torch.nn.functional.multi_head_attention_forward') if spell.calls(name)]
    require(not borrowed, "the thing itself", "a call of " + " and ".join(f"`{name}`" for name in borrowed), mistakes={"borrowed": True})
