"""Whether `flash_attention` does what was asked, where TorchCode's own checks do not look."""

import torch
from torch import nn

from oz.trial import mistake, require, same
from oz.trial.against import agrees, numbers

# --- TorchCode's own checks stand here ---


from torch.overrides import TorchFunctionMode


def _right(q, k, v, block=0):
    return (q @ k.mT / k.shape[-1] ** 0.5).softmax(-1) @ v


def test_values(spell, rng):
    """blocks of every size, the last one shorter; other queries than keys"""
    for n, queries, keys, d, dv, block in ((2, 8, 8, 4, 4, 3), (1, 5, 9, 3, 2, 4), (1, 9, 2, 4, 4, 1), (2, 3, 3, 2, 5, 16), (1, 6, 6, 4, 4, 6)):
        inputs = numbers(rng, n, queries, d), numbers(rng, n, keys, d), numbers(rng, n, keys, dv), block
        try:
            agrees(spell.flash_attention, _right, inputs, f"{queries} queries, {keys} keys, blocks of {block}:", uneven="no-slope", atol=1e-4,
                   mistakes={"same-length": lambda q, k, v, b: _right(q, k[:, : -(-q.shape[1] // b) * b], v[:, : -(-q.shape[1] // b) * b]),
                             "no-rescale": lambda *a: spell.flash_attention(*a)})
        except (RuntimeError, IndexError, ValueError) as error:
            mistake("same-length" if queries != keys else "fixed-block", f"asked for {queries} queries and {keys} keys in blocks of {block}, yours says: {error}")


def test_far(spell, rng):
    """scores in the hundreds, the largest one early or late"""
    q, v = 20 * numbers(rng, 1, 4, 6), numbers(rng, 1, 8, 3)
    for k in (20 * numbers(rng, 1, 8, 6), q[:, [0, 1, 2, 3, 3, 2, 1, 0]] * torch.linspace(0.2, 2, 8)[:, None]):
        got = spell.flash_attention(q, k, v, 2)
        same(got, _right(q, k, v), "large scores:", rtol=1e-3, atol=1e-4, mistakes={"overflows": not torch.isfinite(got).all(), "no-rescale": True})


class _Largest(TorchFunctionMode):
    """Notes the largest tensor that is made."""

    size = 0

    def __torch_function__(self, function, types, args=(), kwargs=None):
        made = function(*args, **(kwargs or {}))
        if type(made) is torch.Tensor:
            self.size = max(self.size, made.numel())
        return made


def test_blocks(spell, rng):
    """never as many scores as queries times keys"""
    inputs = [numbers(rng, 1, 256, 4) for _ in range(3)]
    with _Largest() as seen:
        spell.flash_attention(*inputs, 16)
    require(seen.size <= 256 * 17, "blocks of 16 by 16, or 16 rows at the most", f"a tensor of {seen.size} numbers", mistakes={"not-tiled": True})


def test_own(spell):
    """it is written out"""
    borrowed = [name for name in ('torch.nn.functional.scaled_dot_product_attention',) if spell.calls(name)]
    require(not borrowed, "the thing itself", "a call of " + " and ".join(f"`{name}`" for name in borrowed), mistakes={"borrowed": True})
