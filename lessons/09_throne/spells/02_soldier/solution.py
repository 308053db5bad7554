import torch
from torch import nn


def step(word, slate, w_ih, w_hh, b_ih, b_hh):
    """One word (batch, input) and the slate (batch, hidden): the new slate, as nn.RNNCell makes it."""
    return torch.tanh(word @ w_ih.T + b_ih + slate @ w_hh.T + b_hh)


def march(words, slate, w_ih, w_hh, b_ih, b_hh):
    """A whole message (time, batch, input): all the slates (time, batch, hidden), and the last one."""
    slates = []
    for word in words:
        slate = step(word, slate, w_ih, w_hh, b_ih, b_hh)
        slates.append(slate)
    return torch.stack(slates), slate


# Against a soldier out of the box: two messengers, three numbers a word, five lines.
cell = nn.RNNCell(3, 5)
weights = (cell.weight_ih, cell.weight_hh, cell.bias_ih, cell.bias_hh)
word, slate = torch.randn(2, 3), torch.randn(2, 5)
print("his :", cell(word, slate)[0].tolist())
print("mine:", step(word, slate, *weights)[0].tolist())
