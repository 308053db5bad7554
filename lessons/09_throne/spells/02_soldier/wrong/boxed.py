# mistake: out-of-the-box
import torch
from torch import nn


def step(word, slate, w_ih, w_hh, b_ih, b_hh):
    return torch.tanh(word @ w_ih.T + b_ih + slate @ w_hh.T + b_hh)


def march(words, slate, w_ih, w_hh, b_ih, b_hh):
    box = nn.RNN(words.shape[2], slate.shape[1])
    box.weight_ih_l0, box.weight_hh_l0 = nn.Parameter(w_ih), nn.Parameter(w_hh)
    box.bias_ih_l0, box.bias_hh_l0 = nn.Parameter(b_ih), nn.Parameter(b_hh)
    slates, last = box(words, slate[None])
    return slates, last[0]
