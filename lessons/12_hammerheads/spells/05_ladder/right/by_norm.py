import math

import torch


class Ladder:
    def __init__(self, height=65536.0, growth=2.0, backoff=0.5, patience=2000):
        self.height = height
        self.rules = growth, backoff, patience
        self.waiting = patience

    def scale(self, loss):
        return loss.mul(self.height)

    def step(self, optimizer):
        growth, backoff, patience = self.rules
        norm = 0.0
        for group in optimizer.param_groups:
            for p in group["params"]:
                if p.grad is not None:
                    p.grad = p.grad / self.height
                    norm += p.grad.double().abs().sum().item()
        if not math.isfinite(norm):
            self.height *= backoff
            self.waiting = patience
            return False
        optimizer.step()
        self.waiting -= 1
        if not self.waiting:
            self.height *= growth
            self.waiting = patience
        return True


# Tack's knock: the way back goes through two narrow steps of a ten-thousandth each.
weight = torch.nn.Parameter(torch.tensor(1.0))
hammer = torch.optim.SGD([weight], lr=1.0)
for rung in (1.0, 1024.0):
    climb = Ladder(rung)
    hammer.zero_grad()
    narrow = weight.to(torch.float16) * 1e-4
    climb.scale(narrow.float() * 1e-4).backward()
    print("raised by", rung, "the knock arrives as", weight.grad.item())
    print("   a step was taken:", climb.step(hammer), "and the height is now", climb.height)
