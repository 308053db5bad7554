import torch


def linear_attention(Q, K, V):
    """`(n, queries, d)`, `(n, keys, d)`, `(n, keys, dv)`; gives `(n, queries, dv)`."""
