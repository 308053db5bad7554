import torch


class Ladder:
    def __init__(self, height=65536.0, growth=2.0, backoff=0.5, patience=2000):
        self.height, self.growth, self.backoff, self.patience = height, growth, backoff, patience
        self._since = 0

    def scale(self, loss):
        return self.height * loss

    @torch.no_grad()
    def step(self, optimizer):
        parameters = [p for group in optimizer.param_groups for p in group["params"]]
        burst = False
        for p in parameters:
            if p.grad is None:
                continue
            p.grad.mul_(1.0 / self.height)
            burst |= not torch.isfinite(p.grad).all().item()
        if burst:
            self._since, self.height = 0, self.height * self.backoff
            return False
        optimizer.step()
        self._since += 1
        if self._since % self.patience == 0:
            self.height = self.height * self.growth
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
