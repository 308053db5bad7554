import math

import torch
from torch import nn


class GPT2Block(nn.Module):
    """Causal attention, then an MLP, each added to what came in."""

    def __init__(self, d_model, num_heads):
        """`d_model` is a multiple of `num_heads`."""
        super().__init__()
        self.num_heads = num_heads
        self.ln1 = nn.LayerNorm(d_model)
        self.qkv = nn.Linear(d_model, 3 * d_model)
        self.out = nn.Linear(d_model, d_model)
        self.ln2 = nn.LayerNorm(d_model)
        self.mlp = nn.Sequential(nn.Linear(d_model, 4 * d_model), nn.GELU(), nn.Linear(4 * d_model, d_model))

    def forward(self, x):
        """`x` is `(n, length, d_model)`, and so is what comes out."""
        x = x + self._attend(self.ln1(x))
        return x + self.mlp(self.ln2(x))

    def _attend(self, x):
        q, k, v = (t.unflatten(-1, (self.num_heads, -1)).transpose(1, 2) for t in self.qkv(x).chunk(3, dim=-1))
        ahead = torch.ones(x.shape[1], x.shape[1], dtype=torch.bool).triu(diagonal=1)
        scores = (q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])).masked_fill(ahead, -torch.inf)
        return self.out((scores.softmax(dim=-1) @ v).transpose(1, 2).flatten(2))
