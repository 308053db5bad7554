"""Whether `MyEmbedding` does what was asked, where TorchCode's own checks do not look."""

import torch
from torch import nn

from oz.trial import require, same

# --- TorchCode's own checks stand here ---


def test_rows(spell, rng):
    """indices of any shape, each with its own row"""
    for count, size in ((10, 4), (5, 5), (1, 3), (50, 1)):
        layer = spell.MyEmbedding(count, size)
        for shape in ((), (3,), (4, 6), (2, 3, 4), (0,)):
            indices = torch.tensor(rng.integers(0, count, size=shape))
            want, got = layer.weight.detach()[indices], layer(indices)
            require(
                tuple(got.shape) == (*shape, size), f"shape `{(*shape, size)}` of indices of shape `{shape}`",
                f"`{tuple(got.shape)}`", mistakes={"flat-only": True},
            )
            same(got.detach(), want, f"the rows for indices of shape {shape}", mistakes={"wrong-rows": True})


def test_begins(spell):
    """the rows begin at random"""
    weight = spell.MyEmbedding(30, 8).weight.detach()
    require(weight.std(0).min() > 0, "rows that differ from each other", "rows that are alike", mistakes={"all-zero": True})


def test_twice(spell):
    """what was asked for twice gets its gradient twice"""
    layer = spell.MyEmbedding(6, 3)
    got = layer(torch.tensor([[1, 4, 1], [1, 2, 4]]))
    require(got.requires_grad, "rows that the weight learns from", "copies", mistakes={"copy": True})
    got.sum().backward()
    require(layer.weight.grad is not None, "a gradient in `weight`", "`None`", mistakes={"copy": True})
    times = torch.tensor([0.0, 3.0, 1.0, 0.0, 2.0, 0.0])
    same(layer.weight.grad, times[:, None].expand(6, 3), "weight.grad", mistakes={"not-counted": True})


def test_own(spell):
    """it is written out"""
    borrowed = [name for name in ('torch.nn.Embedding', 'torch.nn.functional.embedding', 'torch.embedding') if spell.calls(name)]
    require(not borrowed, "the thing itself", "a call of " + " and ".join(f"`{name}`" for name in borrowed), mistakes={"borrowed": True})
