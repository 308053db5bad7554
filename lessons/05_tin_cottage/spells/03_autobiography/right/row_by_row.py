import torch


def life(x, W, b, v, target):
    """Forward, as he tells it. x: (n, d), W: (d, k), b: (k,), v: (k,), target: (n,). One number."""
    hip = x @ W + b
    knee = torch.tanh(hip)
    miss = knee @ v - target
    return (miss**2).mean()


def by_hand(x, W, b, v, target):
    """Backward, by hand: how `life` answers W, b, v and x. Four tensors, each shaped like what it belongs to."""
    to_W, to_b, to_v = 0 * W, 0 * b, 0 * v
    rows = []
    for row, wanted in zip(x, target):
        knee = torch.tanh(row @ W + b)
        to_miss = 2 * (knee @ v - wanted) / len(target)
        to_hip = to_miss * v * (1 - knee**2)
        to_v = to_v + to_miss * knee
        to_b = to_b + to_hip
        to_W = to_W + torch.outer(row, to_hip)
        rows.append(W @ to_hip)
    return to_W, to_b, to_v, torch.stack(rows)


x, target = torch.randn(5, 3), torch.randn(5)
W, b, v = torch.randn(3, 4), torch.randn(4), torch.randn(4)
for name, gradient in zip("Wbvx", by_hand(x, W, b, v, target)):
    print(name, tuple(gradient.shape), gradient)
