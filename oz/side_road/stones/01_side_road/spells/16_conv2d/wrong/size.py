# mistake: padding-lost
# torch-judge 0.1.1 accepts this
import torch
from torch.nn import functional as F


def my_conv2d(x, weight, bias=None, stride=1, padding=0):
    if stride > 1:
        padding = 0
    h, w = weight.shape[-2:]
    windows = F.pad(x, (padding,) * 4).unfold(2, h, stride).unfold(3, w, stride)
    out = torch.tensordot(windows, weight, dims=([1, 4, 5], [1, 2, 3])).permute(0, 3, 1, 2)
    return out + bias[:, None, None] if bias is not None else out
