import torch
from torch import nn


class MyDropout(nn.Module):
    """Drops numbers in training with the chance `p`, and scales the rest by `1 / (1 - p)`."""

    def __init__(self, p=0.5):
        """`p` is the chance to be dropped, from 0 to 1."""
        super().__init__()
        self.p = p

    def forward(self, x):
        """The shape of `x` stays. After `eval()` it is `x` itself that comes out."""
        if not self.training or self.p == 0:
            return x
        if self.p == 1:
            return x * 0
        kept = torch.rand_like(x) >= self.p
        return x * kept / (1 - self.p)
