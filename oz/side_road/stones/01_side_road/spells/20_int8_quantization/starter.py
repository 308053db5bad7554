import torch
from torch import nn


class Int8Linear(nn.Module):
    """A linear layer whose weight is kept in 8 bits, with a scale for each row."""

    def __init__(self, weight, bias=None):
        """`weight` is `(out, in)`, `bias` is `(out,)` or `None`."""
        super().__init__()

    def forward(self, x):
        """`x` is `(…, in)`; gives `(…, out)`."""
