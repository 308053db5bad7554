"""Whether `PatchEmbedding` does what was asked, where TorchCode's own checks do not look."""

import torch

from oz.trial import require, same
from oz.trial.against import numbers

# --- TorchCode's own checks stand here ---


def _touched(layer, x, row, column):
    """Which patches' rows change when the picture changes in one place."""
    other = x.clone()
    other[:, :, row, column] += 5
    with torch.no_grad():
        return ((layer(other) - layer(x)).abs() > 1e-6).any(-1)[0]


def test_squares(spell, rng):
    """every place of the picture goes into the row of its own square, and into no other"""
    for size, patch, channels in ((6, 2, 1), (8, 4, 3), (4, 1, 2), (5, 5, 1)):
        layer = spell.PatchEmbedding(size, patch, channels, 16)
        wide = size // patch
        require(layer.num_patches == wide * wide, f"num_patches {wide * wide}", f"{layer.num_patches}")
        x = numbers(rng, 1, channels, size, size)
        for row in range(size):
            for column in range(size):
                got = _touched(layer, x, row, column).nonzero().flatten().tolist()
                place = row // patch * wide + column // patch
                require(
                    got == [place], f"line {row}, column {column} of {size} by {size} in row {place} of {wide * wide}", f"in {got or 'none'}",
                    mistakes={
                        "constant": not got,
                        "column-order": got == [column // patch * wide + row // patch],
                        "scrambled": True,
                    },
                )


def test_channels(spell, rng):
    """all the channels go in"""
    layer = spell.PatchEmbedding(4, 2, 3, 8)
    x = numbers(rng, 1, 3, 4, 4)
    for channel in range(3):
        other = x.clone()
        other[:, channel] += 1
        require(not torch.allclose(layer(x), layer(other)), f"channel {channel} in it", "without it", mistakes={"constant": True})


def test_linear(spell, rng):
    """one linear projection, the same for every patch"""
    layer = spell.PatchEmbedding(6, 3, 2, 10)
    a, b, none = numbers(rng, 3, 2, 6, 6), numbers(rng, 3, 2, 6, 6), torch.zeros(3, 2, 6, 6)
    with torch.no_grad():
        mixed = layer(2 * a - 3 * b) - layer(none)
        apart = 2 * (layer(a) - layer(none)) - 3 * (layer(b) - layer(none))
    same(mixed, apart, "the change by 2a - 3b", rtol=1e-3, atol=1e-4, mistakes={"not-linear": True})
    patch = numbers(rng, 1, 2, 3, 3)
    with torch.no_grad():
        rows = layer(patch.repeat(1, 1, 2, 2))[0]
    same(rows, rows[:1].expand(4, 10), "the rows of four equal patches", rtol=1e-4, atol=1e-5, mistakes={"each-its-own": True})


def test_learns(spell, rng):
    """it has weights, and they learn"""
    layer = spell.PatchEmbedding(4, 2, 1, 5)
    shapes = [p.numel() for p in layer.parameters() if p.requires_grad]
    require(sum(shapes) >= 20, "20 weights or more for patches of 4 and 5 numbers", f"{sum(shapes)}", mistakes={"no-parameters": True})
    layer(numbers(rng, 2, 1, 4, 4)).square().sum().backward()
    require(all(p.grad is not None and p.grad.abs().sum() > 0 for p in layer.parameters()), "a gradient in each of them", "some without", mistakes={"no-parameters": True})
