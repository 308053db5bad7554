import math

import torch
from torch import nn


class MultiHeadCrossAttention(nn.Module):
    """Queries from one row of tokens, keys and values from another."""

    def __init__(self, d_model, num_heads):
        """`d_model` is a multiple of `num_heads`."""
        super().__init__()
        self.num_heads = num_heads
        self.W_q = nn.Linear(d_model, d_model)
        self.W_k = nn.Linear(d_model, d_model)
        self.W_v = nn.Linear(d_model, d_model)
        self.W_o = nn.Linear(d_model, d_model)

    def forward(self, x_q, x_kv):
        """`x_q` is `(n, queries, d_model)`, `x_kv` `(n, keys, d_model)`; gives the shape of `x_q`."""
        q, k, v = self._heads(self.W_q(x_q)), self._heads(self.W_k(x_kv)), self._heads(self.W_v(x_kv))
        shares = (q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])).softmax(dim=-1)
        return self.W_o((shares @ v).transpose(1, 2).flatten(2))

    def _heads(self, x):
        """`(n, length, d_model)` as `(n, heads, length, d_model / heads)`."""
        return x.unflatten(-1, (self.num_heads, -1)).transpose(1, 2)
