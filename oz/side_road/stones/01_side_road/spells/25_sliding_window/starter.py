import torch


def sliding_window_attention(Q, K, V, window_size):
    """All three are `(n, length, d)`; each position sees those at most `window_size` away."""
