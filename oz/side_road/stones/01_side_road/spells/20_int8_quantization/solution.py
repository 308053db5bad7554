import torch
from torch import nn


class Int8Linear(nn.Module):
    """A linear layer whose weight is kept in 8 bits, with a scale for each row."""

    def __init__(self, weight, bias=None):
        """`weight` is `(out, in)`, `bias` is `(out,)` or `None`."""
        super().__init__()
        scale = weight.abs().amax(dim=1, keepdim=True) / 127
        scale = torch.where(scale > 0, scale, torch.ones_like(scale))
        self.register_buffer("weight_int8", (weight / scale).round().clamp(-128, 127).to(torch.int8))
        self.register_buffer("scale", scale)
        self.register_buffer("bias", bias)

    def forward(self, x):
        """`x` is `(…, in)`; gives `(…, out)`."""
        out = x @ (self.weight_int8 * self.scale).T
        return out if self.bias is None else out + self.bias
