# mistake: two-forgotten
import torch


def life(x, W, b, v, target):
    """Forward, as he tells it. x: (n, d), W: (d, k), b: (k,), v: (k,), target: (n,). One number."""
    hip = x @ W + b
    knee = torch.tanh(hip)
    miss = knee @ v - target
    return (miss**2).mean()


def by_hand(x, W, b, v, target):
    """Backward, by hand: how `life` answers W, b, v and x. Four tensors, each shaped like what it belongs to."""
    knee = torch.tanh(x @ W + b)
    miss = knee @ v - target
    # From the end: the mean of squares, the product with v, the tanh, the product with W.
    to_miss = miss / len(miss)  # (n,)
    to_v = knee.T @ to_miss  # (k,)
    to_knee = torch.outer(to_miss, v)  # (n, k)
    to_hip = to_knee * (1 - knee * knee)  # (n, k)
    to_W = x.T @ to_hip  # (d, k)
    # The bias was spread over all rows on the way out; on the way back the rows are summed.
    to_b = to_hip.sum(dim=0)  # (k,)
    to_x = to_hip @ W.T  # (n, d)
    return to_W, to_b, to_v, to_x


x, target = torch.randn(5, 3), torch.randn(5)
W, b, v = torch.randn(3, 4), torch.randn(4), torch.randn(4)
for name, gradient in zip("Wbvx", by_hand(x, W, b, v, target)):
    print(name, tuple(gradient.shape), gradient)
