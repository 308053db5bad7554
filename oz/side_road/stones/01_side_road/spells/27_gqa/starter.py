import torch
from torch import nn


class GroupQueryAttention(nn.Module):
    """Attention in which several query heads share a key head."""

    def __init__(self, d_model, num_heads, num_kv_heads):
        """`num_heads` is a multiple of `num_kv_heads`."""
        super().__init__()

    def forward(self, x):
        """`x` is `(n, length, d_model)`, and so is what comes out."""
