import math

import torch
from torch import nn


class KVCacheAttention(nn.Module):
    """Causal attention that keeps the keys and values it has seen."""

    def __init__(self, d_model, num_heads):
        """`d_model` is a multiple of `num_heads`."""
        super().__init__()
        self.num_heads = num_heads
        self.W_q = nn.Linear(d_model, d_model)
        self.W_k = nn.Linear(d_model, d_model)
        self.W_v = nn.Linear(d_model, d_model)
        self.W_o = nn.Linear(d_model, d_model)

    def forward(self, x, cache=None):
        """`x` is `(n, new, d_model)`; gives the same shape, and the cache with these tokens added."""
        q, k, v = self._heads(self.W_q(x)), self._heads(self.W_k(x)), self._heads(self.W_v(x))
        if cache is not None:
            k, v = torch.cat([cache[0], k], dim=2), torch.cat([cache[1], v], dim=2)
        new, total = q.shape[2], k.shape[2]
        ahead = torch.ones(new, total, dtype=torch.bool).triu(diagonal=1 + total - new)
        scores = (q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])).masked_fill(ahead, -torch.inf)
        seen = scores.softmax(dim=-1) @ v
        return self.W_o(seen.transpose(1, 2).flatten(2)), (k, v)

    def _heads(self, x):
        """`(n, length, d_model)` as `(n, heads, length, d_model / heads)`."""
        return x.unflatten(-1, (self.num_heads, -1)).transpose(1, 2)
