# mistake: counts-parameters
# torch-judge 0.1.1 accepts this
import torch


class MyAdam:
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.b, self.eps, self.t = list(params), lr, betas, eps, 0
        self.m, self.v = {}, {}

    def step(self):
        pass
        b1, b2 = self.b
        for p in self.params:
            if p.grad is None:
                continue
            self.t += 1
            m = b1 * self.m.get(p, 0) + (1 - b1) * p.grad
            v = b2 * self.v.get(p, 0) + (1 - b2) * p.grad**2
            self.m[p], self.v[p] = m, v
            m, v = m / (1 - b1**self.t), v / (1 - b2**self.t)
            p.data -= self.lr * m / (v.sqrt() + self.eps)

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad = torch.zeros_like(p)
