# mistake: many-ways
import torch
from torch import nn


def maps(net, x):
    """What every Conv2d in `net` makes of x on one way through: {name of the layer: its output}."""
    found = {}

    def keep(name):
        # A function for each layer, so that each keeps its own name.
        def hook(module, args, output):
            # A copy: a ReLU behind it may write into the output itself.
            found[name] = output.detach().clone()

        return hook

    hooks = [
        layer.register_forward_hook(keep(name))
        for name, layer in net.named_modules()
        if isinstance(layer, nn.Conv2d)
    ]
    try:
        with torch.no_grad():
            for _ in hooks:
                net(x)
    finally:
        for hook in hooks:
            hook.remove()
    return found


def as_pictures(sheets):
    """Sheets (C, H, W) with any numbers as pictures (C, 1, H, W): each from its own least, 0, to its own greatest, 1."""
    least = sheets.amin(dim=(1, 2), keepdim=True)
    spread = sheets.amax(dim=(1, 2), keepdim=True) - least
    # A sheet of one shade has no spread; it is to be black, not 0 / 0.
    pictures = (sheets - least) / spread.clamp(min=1e-12)
    return pictures[:, None]


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
feature_maps = as_pictures(found["0"][0])
# The sixteen lenses themselves; each of their nine numbers four places high and wide, to be seen.
lenses = as_pictures(frame[0].weight.detach()[:, 0])
filter_pictures = lenses.repeat_interleave(4, dim=2).repeat_interleave(4, dim=3)
