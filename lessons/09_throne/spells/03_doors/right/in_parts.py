import torch
from torch import nn


def step(word, slate, w_ih, w_hh, b_ih, b_hh):
    """One word (batch, input) and the slate (batch, hidden): the new slate, as nn.GRUCell makes it."""
    size = slate.shape[1]
    parts = [slice(0, size), slice(size, 2 * size), slice(2 * size, 3 * size)]
    heard = [word @ w_ih[p].T + b_ih[p] for p in parts]
    held = [slate @ w_hh[p].T + b_hh[p] for p in parts]
    reset, stay = ((a + b).sigmoid() for a, b in zip(heard[:2], held[:2]))
    return torch.lerp((heard[2] + reset * held[2]).tanh(), slate, stay)


def keeper(b_ih):
    """A b_ih (3 * hidden,) like this one, but with the second door so set that the slate stays."""
    kept = b_ih.detach().clone()
    kept.view(3, -1)[1] = 1000.0
    return kept
