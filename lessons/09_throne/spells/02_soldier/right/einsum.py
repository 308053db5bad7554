import torch


def step(word, slate, w_ih, w_hh, b_ih, b_hh):
    heard = torch.einsum("bi,hi->bh", word, w_ih) + b_ih
    kept = torch.einsum("bk,hk->bh", slate, w_hh) + b_hh
    return (heard + kept).tanh()


def march(words, slate, w_ih, w_hh, b_ih, b_hh):
    slates = []
    for word in words:
        slate = step(word, slate, w_ih, w_hh, b_ih, b_hh)
        slates.append(slate)
    return torch.stack(slates), slate
