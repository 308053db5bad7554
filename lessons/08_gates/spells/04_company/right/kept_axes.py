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
        if not self.training:
            mean, var = self.running_mean.view(-1, 1, 1), self.running_var.view(-1, 1, 1)
        else:
            mean = x.mean(dim=(0, 2, 3), keepdim=True)
            var = ((x - mean) ** 2).mean(dim=(0, 2, 3), keepdim=True)
            n = x.numel() / x.shape[1]
            self.running_mean.mul_(1 - self.momentum).add_(self.momentum * mean.detach().flatten())
            self.running_var.mul_(1 - self.momentum)
            self.running_var.add_(self.momentum * n / (n - 1) * var.detach().flatten())
        return (x - mean) / (var + self.eps).sqrt() * self.weight.view(-1, 1, 1) + self.bias.view(
            -1, 1, 1
        )


def read(model, slips):
    """The number that `model` reads on each slip, (N, 1, 8, 8): a tensor (N,)."""
    modes = {module: module.training for module in model.modules()}
    model.eval()
    numbers = model(slips).detach().argmax(-1)
    for module, mode in modes.items():
        module.training = mode
    return numbers


# Three slips of one shade each, dark, middling, light; and the dark one by itself.
slips = torch.tensor([0.1, 0.5, 0.9])[:, None, None, None].expand(3, 1, 8, 8)
level = Level(1)
print(level(slips)[:, 0, 0, 0])
print(level.eval()(slips[:1])[:, 0, 0, 0])
