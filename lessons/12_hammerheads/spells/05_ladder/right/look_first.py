from dataclasses import dataclass

import torch


@dataclass
class Ladder:
    height: float = 65536.0
    growth: float = 2.0
    backoff: float = 0.5
    patience: int = 2000
    good: int = 0

    def scale(self, loss):
        return loss * torch.tensor(self.height, dtype=loss.dtype, device=loss.device)

    def step(self, optimizer):
        grads = [p.grad for g in optimizer.param_groups for p in g["params"] if p.grad is not None]
        # Looked at before they are brought down: what has burst stays burst.
        if any(bool((~g.isfinite()).any()) for g in grads):
            self.height, self.good = self.height * self.backoff, 0
            return False
        torch._foreach_div_(grads, self.height) if grads else None
        optimizer.step()
        self.good += 1
        if self.good >= self.patience:
            self.height, self.good = self.height * self.growth, 0
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
