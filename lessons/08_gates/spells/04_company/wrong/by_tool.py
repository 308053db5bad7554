# mistake: asked-batchnorm
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
        return nn.functional.batch_norm(
            x,
            self.running_mean,
            self.running_var,
            self.weight,
            self.bias,
            self.training,
            self.momentum,
            self.eps,
        )


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
