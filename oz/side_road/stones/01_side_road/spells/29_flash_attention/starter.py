import torch


def flash_attention(Q, K, V, block_size):
    """`(n, queries, d)`, `(n, keys, d)`, `(n, keys, dv)`; never more than one block of scores."""
