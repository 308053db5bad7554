import torch


def weights(numbers):
    return torch.tensor(numbers, dtype=torch.float32).requires_grad_(True)


def corn(numbers):
    return torch.tensor(numbers, dtype=torch.float32, requires_grad=False)


def guess(w, x):
    return (look(w) * look(x)).sum()


def figure(loss):
    return loss.detach().numpy().item()


def was_made(t):
    if t.grad_fn is None:
        return False
    return True


def look(w):
    return torch.detach(w)
