# mistake: other-numbers
import torch
import torch.nn.functional as F


def pair(n):
    return n if isinstance(n, tuple) else (n, n)


def see(x, weight, bias=None, stride=1, padding=0):
    dy, dx = pair(stride)
    py, px = pair(padding)
    x = F.pad(x, (px, px, py, py))
    N, C, H, W = x.shape
    O, _, kh, kw = weight.shape
    rows, cols = (H - kh) // dy + 1, (W - kw) // dx + 1
    out = torch.zeros(N, O, rows, cols)
    for r in range(rows):
        for c in range(cols):
            patch = x[:, :, r * dy : r * dy + kh, c * dx : c * dx + kw]
            for o in range(O):
                out[:, o, r, c] = (patch * weight[o]).sum(dim=(1, 2, 3))
    if bias is not None:
        out = out + bias.view(-1, 1, 1)
    return out


# A slip with an upright stroke, and a lens that answers to what is brighter on its right.
slip_image = torch.zeros(1, 1, 8, 8)
slip_image[:, :, 1:7, 3:5] = 1.0
lens = torch.tensor([[[[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]]]])
seen = see(slip_image, lens, padding=1)
print(seen[0, 0])
seen_image = (seen + 4) / 8  # from -4 ... 4 to 0 ... 1, to be looked at
