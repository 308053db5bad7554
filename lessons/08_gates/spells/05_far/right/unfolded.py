import torch
from torch import nn


def pooled(x, size):
    """The greatest number in every pane of size by size, side by side; what does not fill a pane is left out.

    x: (N, C, H, W). Gives (N, C, H // size, W // size).
    """
    panes = x.unfold(2, size, size).unfold(3, size, size)
    return panes.flatten(4).max(dim=-1).values


def field(layers):
    """How wide a part of the slip one number behind `layers` depends on, and how far apart two neighbours' parts lie.

    layers: Conv2d, MaxPool2d, AvgPool2d, all of them square, and others that look at one place only.
    """
    size = apart = 1
    for layer in layers:
        kernel = getattr(layer, "kernel_size", 1)
        stride = getattr(layer, "stride", 1)
        kernel = kernel[0] if isinstance(kernel, tuple) else kernel
        stride = stride[0] if isinstance(stride, tuple) else stride
        size, apart = size + (kernel - 1) * apart, apart * stride
    return size, apart


def seen(net, slip, row, column):
    """Which places of the slip, (C, H, W), move what `net` gives at [row, column]: (H, W), True or False."""
    slip = slip.detach().requires_grad_()
    kept = [p.grad for p in net.parameters()]
    wanted = [p.requires_grad for p in net.parameters()]
    for p in net.parameters():
        p.requires_grad_(False)
    net(slip.unsqueeze(0))[0, :, row, column].sum().backward()
    for p, grad, want in zip(net.parameters(), kept, wanted):
        p.requires_grad_(want)
        p.grad = grad
    return slip.grad.abs().sum(dim=0) > 0


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
