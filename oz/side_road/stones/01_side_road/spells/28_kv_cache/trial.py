"""Whether `KVCacheAttention` does what was asked, where TorchCode's own checks do not look."""

import torch

from oz.trial import require, same
from oz.trial.against import near, numbers

# --- TorchCode's own checks stand here ---


def _made(spell, rng, d=12, h=3, length=9, n=2):
    return spell.KVCacheAttention(d_model=d, num_heads=h), 2 * numbers(rng, n, length, d)


def _pieces(m, x, sizes):
    out, cache = [], None
    for piece in x.split(sizes, 1):
        got, cache = m(piece) if cache is None else m(piece, cache=cache)
        out.append(got)
    return torch.cat(out, 1), cache


def test_causal(spell, rng):
    """without a cache: everything before a token is seen, nothing after it"""
    m, x = _made(spell, rng)
    with torch.no_grad():
        out = m(x)[0]
        for place in range(9):
            other = x.clone()
            other[:, place] += 2
            moved = ((m(other)[0] - out).abs().amax(-1) > 1e-6)[0].tolist()
            require(not any(moved[:place]), f"token {place} unseen before it", "seen", mistakes={"not-causal": True})
            require(all(moved[place:]), f"token {place} seen from there on", "unseen", mistakes={"no-attention": True})


def test_pieces(spell, rng):
    """in pieces of any size it comes to the same"""
    m, x = _made(spell, rng)
    with torch.no_grad():
        whole = m(x)[0]
        for sizes in ([9], [4, 1, 1, 1, 1, 1], [1] * 9, [3, 3, 3], [1, 8], [5, 4], [2, 1, 4, 2]):
            got, cache = _pieces(m, x, sizes)
            same(got, whole, f"pieces of {sizes}", rtol=1e-3, atol=1e-4, mistakes={"chunk-sees-ahead": max(sizes[1:], default=1) > 1, "wrong-cache": True})
            same(cache, m(x)[1], f"the cache after {sizes}", atol=1e-4, mistakes={"wrong-cache": True})


def test_cache(spell, rng):
    """a cache may be gone on from twice"""
    m, x = _made(spell, rng)
    with torch.no_grad():
        _, cache = m(x[:, :5])
        kept = [t.clone() for t in cache]
        first = m(x[:, 5:6], cache=cache)[0]
        again = m(x[:, 5:6], cache=cache)[0]
        require(all(torch.equal(a, b) for a, b in zip(cache, kept, strict=True)), "a cache left as it was", "a changed one", mistakes={"cache-changed": True})
        same(again, first, "the second time", mistakes={"cache-changed": True})


def _by_hand(m, x, h):
    """The attention of the last token of each row, from the cache and the module's `W_q` and `W_o`."""
    k, v = m(x)[1]
    q = m.W_q(x[:, -1:]).unflatten(-1, (h, -1)).transpose(1, 2)
    return m.W_o(((q @ k.mT / q.shape[-1] ** 0.5).softmax(-1) @ v).transpose(1, 2).flatten(2))


def test_weighed(spell, rng):
    """it is attention: shares that add up to 1, in several heads"""
    m, x = _made(spell, rng)
    with torch.no_grad():
        alike = x[:, :1].expand(2, 9, 12)
        same(m(alike)[0], m(alike[:, :1])[0].expand(2, 9, 12), "of nine equal tokens", atol=1e-4, mistakes={"no-attention": True})
        if hasattr(m, "W_q") and hasattr(m, "W_o"):
            one = _one_head(m, x)
            same(m(x)[0][:, -1:], _by_hand(m, x, 3), "the last token", rtol=1e-3, atol=1e-4,
                 mistakes={"one-head": lambda t: near(t, one), "no-attention": True})


def _one_head(m, x):
    k, v = (t.transpose(1, 2).flatten(2) for t in m(x)[1])
    q = m.W_q(x[:, -1:])
    return m.W_o((q @ k.mT / q.shape[-1] ** 0.5).softmax(-1) @ v)
