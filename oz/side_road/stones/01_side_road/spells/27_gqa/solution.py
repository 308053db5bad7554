import math

import torch
from torch import nn


class GroupQueryAttention(nn.Module):
    """Attention in which several query heads share a key head."""

    def __init__(self, d_model, num_heads, num_kv_heads):
        """`num_heads` is a multiple of `num_kv_heads`."""
        super().__init__()
        self.num_heads, self.num_kv_heads = num_heads, num_kv_heads
        self.d_k = d_model // num_heads
        self.W_q = nn.Linear(d_model, d_model)
        self.W_k = nn.Linear(d_model, num_kv_heads * self.d_k)
        self.W_v = nn.Linear(d_model, num_kv_heads * self.d_k)
        self.W_o = nn.Linear(d_model, d_model)

    def forward(self, x):
        """`x` is `(n, length, d_model)`, and so is what comes out."""
        q = self.W_q(x).unflatten(-1, (self.num_heads, self.d_k)).transpose(1, 2)
        k = self.W_k(x).unflatten(-1, (self.num_kv_heads, self.d_k)).transpose(1, 2)
        v = self.W_v(x).unflatten(-1, (self.num_kv_heads, self.d_k)).transpose(1, 2)
        group = self.num_heads // self.num_kv_heads
        k, v = k.repeat_interleave(group, dim=1), v.repeat_interleave(group, dim=1)
        shares = (q @ k.transpose(-2, -1) / math.sqrt(self.d_k)).softmax(dim=-1)
        return self.W_o((shares @ v).transpose(1, 2).flatten(2))
