import torch
from torch import nn


def step(word, slate, w_ih, w_hh, b_ih, b_hh):
    """One word (batch, input) and the slate (batch, hidden): the new slate, as nn.GRUCell makes it."""
    hidden = slate.shape[1]
    heard = torch.einsum("bi,dhi->dbh", word, w_ih.view(3, hidden, -1)) + b_ih.view(3, 1, hidden)
    held = torch.einsum("bk,dhk->dbh", slate, w_hh.view(3, hidden, hidden)) + b_hh.view(
        3, 1, hidden
    )
    doors = torch.sigmoid(heard[:2] + held[:2])
    new = torch.tanh(heard[2] + doors[0] * held[2])
    return new + doors[1] * (slate - new)


def keeper(b_ih):
    """A b_ih (3 * hidden,) like this one, but with the second door so set that the slate stays."""
    reset, stay, new = b_ih.detach().chunk(3)
    return torch.cat([reset, torch.full_like(stay, 100.0), new])
