import torch
from torch import nn


class MultiHeadAttention(nn.Module):
    """Several heads, each of which looks at its own slice."""

    def __init__(self, d_model, num_heads):
        """`d_model` is a multiple of `num_heads`."""
        super().__init__()

    def forward(self, Q, K, V):
        """`Q` is `(n, queries, d_model)`, `K` and `V` are `(n, keys, d_model)`; gives the shape of `Q`."""
