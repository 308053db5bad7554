import torch


@torch.no_grad()
def nudge(w, lr):
    w.sub_(w.grad, alpha=lr)
    w.grad.zero_()
    return w


@torch.no_grad()
def nudge_all(weights, lr):
    moved = [w for w in weights if w.grad is not None]
    for w in moved:
        w.copy_(w - lr * w.grad)
        w.grad = None


@torch.no_grad()
def stamp(w, i, value):
    w[i].fill_(value)


def fresh(w):
    return w.clone().detach().requires_grad_(True)
