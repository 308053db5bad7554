# mistake: remembers-graph
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
        mean, var = self.running_mean, self.running_var
        if self.training:
            # One mean for each channel: over the slips, the rows and the columns.
            mean = x.mean(dim=(0, 2, 3))
            var = x.var(dim=(0, 2, 3), correction=0)
            if True:
                self.running_mean = self.running_mean + self.momentum * (mean - self.running_mean)
                # What is remembered is the spread of those to come, and therefore divided by n - 1.
                self.running_var = self.running_var + self.momentum * (
                    x.var(dim=(0, 2, 3)) - self.running_var
                )
        x = (x - mean[:, None, None]) / torch.sqrt(var[:, None, None] + self.eps)
        return x * self.weight[:, None, None] + self.bias[:, None, None]


def read(model, slips):
    """The number that `model` reads on each slip, (N, 1, 8, 8): a tensor (N,)."""
    was_training = model.training
    model.eval()
    with torch.no_grad():
        numbers = model(slips).argmax(dim=1)
    model.train(was_training)
    return numbers


# Three slips of one shade each, dark, middling, light; and the dark one by itself.
slips = torch.tensor([0.1, 0.5, 0.9])[:, None, None, None].expand(3, 1, 8, 8)
level = Level(1)
print(level(slips)[:, 0, 0, 0])
print(level.eval()(slips[:1])[:, 0, 0, 0])
