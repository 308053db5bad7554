import torch


def scaled_dot_product_attention(Q, K, V):
    scores = torch.einsum("...qd,...kd->...qk", Q, K) * K.size(-1) ** -0.5
    weights = torch.exp(scores - scores.logsumexp(-1, keepdim=True))
    return torch.einsum("...qk,...kv->...qv", weights, V)
