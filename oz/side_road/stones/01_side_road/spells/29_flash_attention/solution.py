import math

import torch


def flash_attention(Q, K, V, block_size):
    """`(n, queries, d)`, `(n, keys, d)`, `(n, keys, dv)`; never more than one block of scores."""
    scale = 1 / math.sqrt(K.shape[-1])
    out = []
    for q in Q.split(block_size, dim=1):
        largest = q.new_full((*q.shape[:2], 1), -torch.inf)
        total = torch.zeros_like(largest)
        gathered = q.new_zeros(*q.shape[:2], V.shape[-1])
        for k, v in zip(K.split(block_size, dim=1), V.split(block_size, dim=1)):
            scores = q @ k.transpose(1, 2) * scale
            top = torch.maximum(largest, scores.amax(dim=-1, keepdim=True))
            shrink, weights = torch.exp(largest - top), torch.exp(scores - top)
            gathered = gathered * shrink + weights @ v
            total = total * shrink + weights.sum(dim=-1, keepdim=True)
            largest = top
        out.append(gathered / total)
    return torch.cat(out, dim=1)
