import torch
import torch.nn.functional as F


def pair(n):
    """A stride or padding as (for the rows, for the columns), however it was given."""
    return n if isinstance(n, tuple) else (n, n)


def see(x, weight, bias=None, stride=1, padding=0):
    """What the lenses make of the slips. x: (N, C, H, W), weight: (O, C, kh, kw), bias: (O,) or None."""
    (down, right), (above, beside) = pair(stride), pair(padding)
    height, width = weight.shape[2:]
    x = F.pad(x, (beside, beside, above, above))
    rows = (x.shape[2] - height) // down + 1
    columns = (x.shape[3] - width) // right + 1
    # One column for each place, with all that lies under the pane: (N, C * kh * kw, places).
    under = F.unfold(x, (height, width), stride=(down, right))
    out = weight.reshape(weight.shape[0], -1) @ under
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(x.shape[0], weight.shape[0], rows, columns)


# A slip with an upright stroke, and a lens that answers to what is brighter on its right.
slip_image = torch.zeros(1, 1, 8, 8)
slip_image[:, :, 1:7, 3:5] = 1.0
lens = torch.tensor([[[[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]]]])
seen = see(slip_image, lens, padding=1)
print(seen[0, 0])
seen_image = (seen + 4) / 8  # from -4 ... 4 to 0 ... 1, to be looked at
