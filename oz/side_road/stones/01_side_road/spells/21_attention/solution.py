import math

import torch


def scaled_dot_product_attention(Q, K, V):
    """`Q` is `(…, queries, d)`, `K` `(…, keys, d)`, `V` `(…, keys, dv)`; gives `(…, queries, dv)`."""
    scores = Q @ K.transpose(-2, -1) / math.sqrt(K.shape[-1])
    return scores.softmax(dim=-1) @ V
