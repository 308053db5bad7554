import torch


class MyAdam:
    """Adam: a step by the running mean of the gradient over the root of that of its square."""

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        """`params`: any iterable of leaves that require a gradient."""
        self.params = list(params)
        self.lr, self.betas, self.eps = lr, betas, eps
        self.t = [0 for _ in self.params]
        self.m = [torch.zeros_like(p) for p in self.params]
        self.v = [torch.zeros_like(p) for p in self.params]

    def step(self):
        """Move every parameter that has a gradient."""
        beta1, beta2 = self.betas
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                self.t[i] += 1
                self.m[i].lerp_(p.grad, 1 - beta1)
                self.v[i].lerp_(p.grad.square(), 1 - beta2)
                m = self.m[i] / (1 - beta1 ** self.t[i])
                v = self.v[i] / (1 - beta2 ** self.t[i])
                p.sub_(self.lr * m / (v.sqrt() + self.eps))

    def zero_grad(self):
        """Clear the gradients: to 0."""
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()
