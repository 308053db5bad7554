import torch


def causal_attention(Q, K, V):
    """All three are `(…, length, d)`; each position sees itself and what stands before it."""
