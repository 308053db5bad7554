import torch
import torch.nn.functional as F


def step(word, slate, w_ih, w_hh, b_ih, b_hh):
    return torch.tanh(F.linear(word, w_ih, b_ih) + F.linear(slate, w_hh, b_hh))


def march(words, slate, w_ih, w_hh, b_ih, b_hh):
    slates = [slate]
    for t in range(words.shape[0]):
        slates.append(step(words[t], slates[-1], w_ih, w_hh, b_ih, b_hh))
    return torch.stack(slates[1:], dim=0), slates[-1]
