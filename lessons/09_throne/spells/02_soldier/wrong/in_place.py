# mistake: written-upon
import torch


def step(word, slate, w_ih, w_hh, b_ih, b_hh):
    slate.copy_(torch.tanh(word @ w_ih.T + b_ih + slate @ w_hh.T + b_hh))
    return slate


def march(words, slate, w_ih, w_hh, b_ih, b_hh):
    slates = []
    for word in words:
        slate = step(word, slate, w_ih, w_hh, b_ih, b_hh)
        slates.append(slate)
    return torch.stack(slates), slate
