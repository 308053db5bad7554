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
    planes = []
    for picture in x:
        for o in range(len(weight)):
            plane = [
                [
                    (picture[:, r : r + height, c : c + width] * weight[o]).sum()
                    for c in range(0, picture.shape[2] - width + 1, right)
                ]
                for r in range(0, picture.shape[1] - height + 1, down)
            ]
            plane = torch.stack([torch.stack(row) for row in plane])
            planes.append(plane if bias is None else plane + bias[o])
    return torch.stack(planes).reshape(len(x), len(weight), *planes[0].shape)


# A slip with an upright stroke, and a lens that answers to what is brighter on its right.
slip_image = torch.zeros(1, 1, 8, 8)
slip_image[:, :, 1:7, 3:5] = 1.0
lens = torch.tensor([[[[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]]]])
seen = see(slip_image, lens, padding=1)
print(seen[0, 0])
seen_image = (seen + 4) / 8  # from -4 ... 4 to 0 ... 1, to be looked at
