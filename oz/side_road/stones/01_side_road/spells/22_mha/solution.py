import math

import torch
from torch import nn


class MultiHeadAttention(nn.Module):
    """Several heads, each of which looks at its own slice."""

    def __init__(self, d_model, num_heads):
        """`d_model` is a multiple of `num_heads`."""
        super().__init__()
        self.num_heads = num_heads
        self.W_q = nn.Linear(d_model, d_model)
        self.W_k = nn.Linear(d_model, d_model)
        self.W_v = nn.Linear(d_model, d_model)
        self.W_o = nn.Linear(d_model, d_model)

    def forward(self, Q, K, V):
        """`Q` is `(n, queries, d_model)`, `K` and `V` are `(n, keys, d_model)`; gives the shape of `Q`."""
        q, k, v = self._heads(self.W_q(Q)), self._heads(self.W_k(K)), self._heads(self.W_v(V))
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
        seen = scores.softmax(dim=-1) @ v
        return self.W_o(seen.transpose(1, 2).flatten(2))

    def _heads(self, x):
        """`(n, length, d_model)` as `(n, heads, length, d_model / heads)`."""
        return x.unflatten(-1, (self.num_heads, -1)).transpose(1, 2)
