import torch


def step(word, slate, w_ih, w_hh, b_ih, b_hh):
    both = torch.cat([word, slate], dim=1)
    return torch.tanh(both @ torch.cat([w_ih, w_hh], dim=1).T + (b_ih + b_hh))


def march(words, slate, w_ih, w_hh, b_ih, b_hh):
    slates = []
    for word in words:
        slate = step(word, slate, w_ih, w_hh, b_ih, b_hh)
        slates.append(slate)
    return torch.stack(slates), slate
