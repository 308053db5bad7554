# mistake: asked-autograd
import torch


def life(x, W, b, v, target):
    """Forward, as he tells it. x: (n, d), W: (d, k), b: (k,), v: (k,), target: (n,). One number."""
    hip = x @ W + b
    knee = torch.tanh(hip)
    miss = knee @ v - target
    return (miss**2).mean()


def by_hand(x, W, b, v, target):
    """Backward, by hand: how `life` answers W, b, v and x. Four tensors, each shaped like what it belongs to."""
    leaves = [t.clone().requires_grad_() for t in (W, b, v, x)]
    W, b, v, x = leaves
    return torch.autograd.grad(life(x, W, b, v, target), leaves)


x, target = torch.randn(5, 3), torch.randn(5)
W, b, v = torch.randn(3, 4), torch.randn(4), torch.randn(4)
for name, gradient in zip("Wbvx", by_hand(x, W, b, v, target)):
    print(name, tuple(gradient.shape), gradient)
