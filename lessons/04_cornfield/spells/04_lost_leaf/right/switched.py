import torch


def nudge(w, lr):
    slope, w.grad = w.grad, None
    with torch.set_grad_enabled(False):
        w[...] = w - lr * slope


def nudge_all(weights, lr):
    for w in filter(lambda w: w.grad is not None, weights):
        nudge(w, lr)


def stamp(w, i, value):
    w.requires_grad_(False)
    w[i] = value
    w.requires_grad_(True)


def fresh(w):
    return (
        torch.tensor(w.tolist(), dtype=w.dtype, requires_grad=True)
        .reshape(w.shape)
        .detach()
        .requires_grad_()
    )
