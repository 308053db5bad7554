import torch
from torch import nn


class Level(nn.Module):
    """Brings every channel of (N, C, H, W) to mean 0 and spread 1, and remembers what it saw.

    It is to do what nn.BatchNorm2d(channels) does, in training and afterwards.
    """

    def __init__(self, channels, momentum=0.1, eps=1e-5):
        super().__init__()
        self.momentum, self.eps = momentum, eps
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))
        # Remembered, kept in the state_dict, and not learned by any gradient.
        self.register_buffer("running_mean", torch.zeros(channels))
        self.register_buffer("running_var", torch.ones(channels))

    def forward(self, x):
        c = x.shape[1]
        rows = x.transpose(0, 1).reshape(c, -1)
        if self.training:
            mean, var = rows.mean(dim=1), rows.var(dim=1, correction=0)
            n = rows.shape[1]
            m = self.momentum
            self.running_mean = (1 - m) * self.running_mean + m * mean.detach()
            self.running_var = (1 - m) * self.running_var + m * var.detach() * n / (n - 1)
        else:
            mean, var = self.running_mean, self.running_var
        scale = self.weight * torch.rsqrt(var + self.eps)
        shift = self.bias - mean * scale
        return x * scale.view(1, c, 1, 1) + shift.view(1, c, 1, 1)


def read(model, slips):
    """The number that `model` reads on each slip, (N, 1, 8, 8): a tensor (N,)."""
    before = model.training
    model.train(False)
    try:
        with torch.inference_mode():
            return model(slips).max(dim=-1).indices
    finally:
        model.train(before)


# Three slips of one shade each, dark, middling, light; and the dark one by itself.
slips = torch.tensor([0.1, 0.5, 0.9])[:, None, None, None].expand(3, 1, 8, 8)
level = Level(1)
print(level(slips)[:, 0, 0, 0])
print(level.eval()(slips[:1])[:, 0, 0, 0])
