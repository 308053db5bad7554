import torch


def corn(numbers):
    return torch.as_tensor(numbers, dtype=torch.float32)


def weights(numbers):
    return corn(numbers).requires_grad_()


@torch.no_grad()  # was: volatile
def guess(w, x):
    return torch.sum(w * x)


def figure(loss):
    return float(loss.detach())


def was_made(t):
    return not t.is_leaf


def look(w):
    return w.detach()
