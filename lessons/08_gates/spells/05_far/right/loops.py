import torch
from torch import nn


def pooled(x, size):
    """The greatest number in every pane of size by size, side by side; what does not fill a pane is left out.

    x: (N, C, H, W). Gives (N, C, H // size, W // size).
    """
    n, c, height, width = x.shape
    rows = [
        torch.stack(
            [
                x[:, :, r : r + size, q : q + size].amax(dim=(2, 3))
                for q in range(0, width - size + 1, size)
            ],
            dim=-1,
        )
        for r in range(0, height - size + 1, size)
    ]
    return torch.stack(rows, dim=2)


def field(layers):
    """How wide a part of the slip one number behind `layers` depends on, and how far apart two neighbours' parts lie.

    layers: Conv2d, MaxPool2d, AvgPool2d, all of them square, and others that look at one place only.
    """
    # From behind: one number, then all that it looks at.
    size = apart = 1
    for layer in reversed(list(layers)):
        if not isinstance(layer, (nn.Conv2d, nn.MaxPool2d, nn.AvgPool2d)):
            continue
        kernel, stride = layer.kernel_size, layer.stride
        kernel = kernel if isinstance(kernel, int) else kernel[0]
        stride = stride if isinstance(stride, int) else stride[0]
        size = (size - 1) * stride + kernel
        apart = apart * stride
    return (size, apart)


def seen(net, slip, row, column):
    """Which places of the slip, (C, H, W), move what `net` gives at [row, column]: (H, W), True or False."""
    # Push every place by itself, and see whether anything moves.
    with torch.no_grad():
        before = net(slip[None])[0, :, row, column]
        mask = torch.zeros(slip.shape[1:], dtype=torch.bool)
        for r in range(slip.shape[1]):
            for c in range(slip.shape[2]):
                pushed = slip.clone()
                pushed[:, r, c] += 3.0
                mask[r, c] = bool((net(pushed[None])[0, :, row, column] != before).any())
    return mask


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
