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
    to_miss = (knee @ v - target) * 2 / x.shape[0]
    to_hip = torch.einsum("n,k,nk->nk", to_miss, v, 1 - knee**2)
    return (
        torch.einsum("nd,nk->dk", x, to_hip),
        torch.einsum("nk->k", to_hip),
        torch.einsum("nk,n->k", knee, to_miss),
        torch.einsum("nk,dk->nd", to_hip, W),
    )


x, target = torch.randn(5, 3), torch.randn(5)
W, b, v = torch.randn(3, 4), torch.randn(4), torch.randn(4)
for name, gradient in zip("Wbvx", by_hand(x, W, b, v, target)):
    print(name, tuple(gradient.shape), gradient)
