# mistake: no-pane
import torch
from torch import nn


def pooled(x, size):
    """The greatest number in every pane of size by size, side by side; what does not fill a pane is left out.

    x: (N, C, H, W). Gives (N, C, H // size, W // size).
    """
    n, c, height, width = x.shape
    rows, columns = height // size, width // size
    x = x[:, :, : rows * size, : columns * size]
    # Each axis is cut in two: which pane, and where in the pane.
    return x.reshape(n, c, rows, size, columns, size).amax(dim=(3, 5))


def field(layers):
    """How wide a part of the slip one number behind `layers` depends on, and how far apart two neighbours' parts lie.

    layers: Conv2d, MaxPool2d, AvgPool2d, all of them square, and others that look at one place only.
    """
    size, apart = 1, 1
    for layer in layers:
        kernel, stride = (
            n[0] if isinstance(n, tuple) else n for n in (layer.kernel_size, layer.stride)
        )
        # A pane of k reaches over k - 1 gaps, and a gap is as wide as the neighbours are apart.
        size += (kernel - 1) * apart
        apart *= stride
    return size, apart


def seen(net, slip, row, column):
    """Which places of the slip, (C, H, W), move what `net` gives at [row, column]: (H, W), True or False."""
    slip = slip.detach().clone().requires_grad_()
    there = net(slip[None])[0, :, row, column].sum()
    # `grad` leaves nothing in the net's own parameters.
    (answer,) = torch.autograd.grad(there, slip)
    return (answer != 0).any(dim=0)


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
