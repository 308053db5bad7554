# mistake: nothing-yet
import torch


def step(word, slate, w_ih, w_hh, b_ih, b_hh):
    return torch.tanh(word @ w_ih.T + b_ih + slate @ w_hh.T + b_hh)


def march(words, slate, w_ih, w_hh, b_ih, b_hh):
    pass
