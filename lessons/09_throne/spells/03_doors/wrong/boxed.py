# mistake: out-of-the-box
import torch
from torch import nn


def step(word, slate, w_ih, w_hh, b_ih, b_hh):
    """One word (batch, input) and the slate (batch, hidden): the new slate, as nn.GRUCell makes it."""
    return torch.gru_cell(word, slate, w_ih, w_hh, b_ih, b_hh)


def keeper(b_ih):
    """A b_ih (3 * hidden,) like this one, but with the second door so set that the slate stays."""
    reset, stay, new = b_ih.detach().chunk(3)
    return torch.cat([reset, torch.full_like(stay, 100.0), new])
