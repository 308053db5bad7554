# mistake: stride-swapped
import torch
import torch.nn.functional as F


def pair(n):
    """A stride or padding as (for the rows, for the columns), however it was given."""
    return n if isinstance(n, tuple) else (n, n)


def see(x, weight, bias=None, stride=1, padding=0):
    """What the lenses make of the slips. x: (N, C, H, W), weight: (O, C, kh, kw), bias: (O,) or None."""
    (down, right), (above, beside) = pair(stride), pair(padding)
    height, width = weight.shape[2:]
    # `pad` begins with the last axis: left, right, then above, below.
    x = F.pad(x, (beside, beside, above, above))
    # Every place of the pane, as a view: (N, C, rows, columns, kh, kw). Nothing is copied.
    places = x.unfold(2, height, right).unfold(3, width, down)
    out = torch.einsum("ncrsij,ocij->nors", places, weight)
    if bias is not None:
        out = out + bias[:, None, None]
    return out


# A slip with an upright stroke, and a lens that answers to what is brighter on its right.
slip_image = torch.zeros(1, 1, 8, 8)
slip_image[:, :, 1:7, 3:5] = 1.0
lens = torch.tensor([[[[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]]]])
seen = see(slip_image, lens, padding=1)
print(seen[0, 0])
seen_image = (seen + 4) / 8  # from -4 ... 4 to 0 ... 1, to be looked at
