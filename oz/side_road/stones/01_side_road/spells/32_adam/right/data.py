import math

import torch


class MyAdam:
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = [*params], lr, betas, eps
        self.state = {}

    def step(self):
        b1, b2 = self.betas
        for p in self.params:
            if p.grad is None:
                continue
            s = self.state.setdefault(p, {"t": 0, "m": torch.zeros_like(p.data), "v": torch.zeros_like(p.data)})
            s["t"] += 1
            s["m"] = b1 * s["m"] + (1 - b1) * p.grad
            s["v"] = b2 * s["v"] + (1 - b2) * p.grad**2
            rate = self.lr * math.sqrt(1 - b2 ** s["t"]) / (1 - b1 ** s["t"])
            p.data -= rate * s["m"] / (s["v"].sqrt() + self.eps * math.sqrt(1 - b2 ** s["t"]))

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad = torch.zeros_like(p)
