import torch
from torch import nn


def maps(net, x):
    """What every Conv2d in `net` makes of x on one way through: {name of the layer: its output}."""
    found = {}
    handles = []
    for name, layer in net.named_modules():
        if isinstance(layer, nn.Conv2d):
            handles += [
                layer.register_forward_hook(
                    lambda layer, x, y, name=name: found.update({name: y.detach().clone()})
                )
            ]
    net(x)
    [handle.remove() for handle in handles]
    return found


def as_pictures(sheets):
    """Sheets (C, H, W) with any numbers as pictures (C, 1, H, W): each from its own least, 0, to its own greatest, 1."""
    pictures = []
    for sheet in sheets:
        low, high = sheet.min(), sheet.max()
        pictures.append((sheet - low) / (high - low) if high > low else torch.zeros_like(sheet))
    return torch.stack(pictures)[:, None]


# The frame on the gate, with what you taught it, and a 3 that somebody wrote.
frame = nn.Sequential(
    nn.Conv2d(1, 16, 3, padding=1),
    nn.BatchNorm2d(16),
    nn.ReLU(),
    nn.AvgPool2d(2),
    nn.Conv2d(16, 32, 3, padding=1),
    nn.BatchNorm2d(32),
    nn.ReLU(),
    nn.AvgPool2d(2),
    nn.Flatten(),
    nn.Linear(128, 10),
)
frame.load_state_dict(torch.load("gates.pt", weights_only=True))
frame.eval()
# Shades from 0 to G, which is 16.
three = "008FB100 00A4A600 0001D600 000FG200 00048F10 01100970 04D53A80 007EGF20"
slip_image = torch.tensor([[int(n, 17) for n in row] for row in three.split()])[None, None] / 16

found = maps(frame, slip_image)
print({name: tuple(seen.shape) for name, seen in found.items()})
feature_maps = as_pictures(found["0"].squeeze(0))
filter_pictures = nn.functional.interpolate(
    as_pictures(frame[0].weight.detach().squeeze(1)), scale_factor=5
)
