import torch
from torch import nn


def pooled(x, size):
    """The greatest number in every pane of size by size, side by side; what does not fill a pane is left out.

    x: (N, C, H, W). Gives (N, C, H // size, W // size).
    """
    return x


def field(layers):
    """How wide a part of the slip one number behind `layers` depends on, and how far apart two neighbours' parts lie.

    layers: Conv2d, MaxPool2d, AvgPool2d, all of them square, and others that look at one place only.
    """
    return 1, 1


def seen(net, slip, row, column):
    """Which places of the slip, (C, H, W), move what `net` gives at [row, column]: (H, W), True or False."""
    return torch.zeros(slip.shape[1:], dtype=torch.bool)


# The stack for the gate, as she means to build it.
stack = nn.Sequential(
    nn.Conv2d(1, 4, 3, padding=1),
    nn.ReLU(),
    nn.AvgPool2d(2),
    nn.Conv2d(4, 4, 3, padding=1),
    nn.ReLU(),
    nn.AvgPool2d(2),
)
for depth in range(1, len(stack) + 1):
    print(depth, "layers:", field(stack[:depth]))
seen_map = seen(stack, torch.rand(1, 16, 16), 1, 2).float()
print(f"measured: {seen_map.sum().item():.0f} places")
