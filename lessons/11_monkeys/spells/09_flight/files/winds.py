"""What the monkeys know of the wind: gusts, and which of four ropes was to be pulled at each."""

import torch
from torch.utils.data import TensorDataset


def gusts(number, seed):
    """`number` gusts, six numbers each, and for each the rope (0 to 3) that was to be pulled."""
    air = torch.Generator().manual_seed(2027)
    turn, pull = torch.randn(6, 12, generator=air) / 5, torch.randn(12, 4, generator=air)
    blow = torch.Generator().manual_seed(seed)
    x = torch.randn(number, 6, generator=blow)
    return x, (torch.tanh(x @ turn) @ pull).argmax(dim=1)


def winds():
    """1,200 gusts to learn from, and 601 that are held back."""
    return TensorDataset(*gusts(1200, seed=1)), TensorDataset(*gusts(601, seed=2))
