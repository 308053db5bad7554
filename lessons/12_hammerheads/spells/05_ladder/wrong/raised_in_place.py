# mistake: raised-in-place
import torch


class Ladder:
    """Raises the loss before the way back, brings the gradients down, and finds its own height."""

    def __init__(self, height=65536.0, growth=2.0, backoff=0.5, patience=2000):
        self.height = height
        self.growth = growth
        self.backoff = backoff
        self.patience = patience
        self.clean = 0  # steps in a row without inf or nan

    def scale(self, loss):
        """The loss, raised."""
        loss *= self.height
        return loss

    def step(self, optimizer):
        """Brings the gradients down and steps, unless one of them has burst. Tells whether it stepped."""
        gradients = [
            parameter.grad
            for group in optimizer.param_groups
            for parameter in group["params"]
            if parameter.grad is not None
        ]
        for gradient in gradients:
            gradient /= self.height
        whole = all(gradient.isfinite().all() for gradient in gradients)
        if whole:
            optimizer.step()
            self.clean += 1
            if self.clean == self.patience:
                self.height *= self.growth
                self.clean = 0
        else:
            # Too high: the step is left out, for a nought instead of it would still move the momentum.
            self.height *= self.backoff
            self.clean = 0
        return whole


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
