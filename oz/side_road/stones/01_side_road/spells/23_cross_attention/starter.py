import torch
from torch import nn


class MultiHeadCrossAttention(nn.Module):
    """Queries from one row of tokens, keys and values from another."""

    def __init__(self, d_model, num_heads):
        """`d_model` is a multiple of `num_heads`."""
        super().__init__()

    def forward(self, x_q, x_kv):
        """`x_q` is `(n, queries, d_model)`, `x_kv` `(n, keys, d_model)`; gives the shape of `x_q`."""
