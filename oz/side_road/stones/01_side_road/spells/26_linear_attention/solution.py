import torch
from torch.nn import functional as F


def linear_attention(Q, K, V):
    """`(n, queries, d)`, `(n, keys, d)`, `(n, keys, dv)`; gives `(n, queries, dv)`."""
    q, k = F.elu(Q) + 1, F.elu(K) + 1
    held = k.transpose(-2, -1) @ V
    total = q @ k.sum(dim=-2).unsqueeze(-1)
    return q @ held / total
