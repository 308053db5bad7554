import torch


def nudge(w, lr):
    w.detach().add_(-lr * w.grad)
    w.grad = None


def nudge_all(weights, lr):
    for w in weights:
        if w.grad is None:
            continue
        nudge(w, lr)


def stamp(w, i, value):
    w.detach()[i] = value


def fresh(w):
    new = torch.empty_like(w)
    with torch.no_grad():
        new.copy_(w)
    return new.requires_grad_()
