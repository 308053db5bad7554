import math

import torch


def causal_attention(Q, K, V):
    """All three are `(…, length, d)`; each position sees itself and what stands before it."""
    scores = Q @ K.transpose(-2, -1) / math.sqrt(K.shape[-1])
    ahead = torch.ones(scores.shape[-2:], dtype=torch.bool).triu(diagonal=1)
    return scores.masked_fill(ahead, -torch.inf).softmax(dim=-1) @ V
