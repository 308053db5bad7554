import torch


def weights(numbers):
    fresh = torch.tensor(numbers).float()
    fresh.requires_grad = True
    return fresh


def corn(numbers):
    return torch.tensor(numbers, dtype=torch.get_default_dtype())


def guess(w, x):
    with torch.inference_mode():
        return (w * x).sum()


def figure(loss):
    return loss.tolist()


def was_made(t):
    return bool(t.grad_fn)


def look(w):
    return w.view(w.shape).detach()
