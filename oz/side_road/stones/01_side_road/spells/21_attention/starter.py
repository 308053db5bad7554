import torch


def scaled_dot_product_attention(Q, K, V):
    """`Q` is `(…, queries, d)`, `K` `(…, keys, d)`, `V` `(…, keys, dv)`; gives `(…, queries, dv)`."""
