"""Whether `linear_attention` does what was asked, where TorchCode's own checks do not look."""

import torch
from torch import nn

from oz.trial import require
from oz.trial.against import agrees, numbers

# --- TorchCode's own checks stand here ---


from torch.overrides import TorchFunctionMode

F = torch.nn.functional


def _right(q, k, v, phi=lambda x: F.elu(x) + 1):
    shares = phi(q) @ phi(k).mT
    return shares / shares.sum(-1, keepdim=True) @ v


WRONG = {
    "softmax": lambda q, k, v: (q @ k.mT / q.shape[-1] ** 0.5).softmax(-1) @ v,
    "not-divided": lambda q, k, v: (F.elu(q) + 1) @ (F.elu(k) + 1).mT @ v,
    "no-feature": lambda q, k, v: _right(q, k, v, lambda x: x.relu() + 1e-6),
}


def test_values(spell, rng):
    """few keys and many, values of another length"""
    for n, queries, keys, d, dv in ((2, 6, 6, 4, 4), (1, 3, 9, 5, 2), (3, 7, 1, 2, 3), (1, 1, 4, 3, 3)):
        inputs = 2 * numbers(rng, n, queries, d), 2 * numbers(rng, n, keys, d), numbers(rng, n, keys, dv)
        got = spell.linear_attention(*inputs)
        wrong = WRONG | {"not-attention": lambda q, k, v, got=got: got}
        agrees(spell.linear_attention, _right, inputs, f"{queries} queries, {keys} keys:", uneven="no-slope", mistakes=wrong)


class _Largest(TorchFunctionMode):
    """Notes the largest tensor that is made."""

    size = 0

    def __torch_function__(self, function, types, args=(), kwargs=None):
        made = function(*args, **(kwargs or {}))
        if type(made) is torch.Tensor:
            self.size = max(self.size, made.numel())
        return made


def test_order(spell, rng):
    """nothing as large as queries times keys"""
    inputs = [numbers(rng, 1, 300, 4) for _ in range(3)]
    with _Largest() as seen:
        spell.linear_attention(*inputs)
    require(seen.size < 300 * 300, "tensors that grow with the length", f"one of {seen.size} numbers for a length of 300", mistakes={"square": True})
