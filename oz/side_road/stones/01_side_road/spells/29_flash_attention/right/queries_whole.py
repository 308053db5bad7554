import torch


def flash_attention(Q, K, V, block_size):
    n, s, d = Q.shape
    m = torch.full((n, s, 1), float("-inf"))
    l = torch.zeros(n, s, 1)
    acc = torch.zeros(n, s, V.shape[-1])
    for j in range(0, K.shape[1], block_size):
        score = Q @ K[:, j : j + block_size].transpose(1, 2) * d**-0.5
        new = torch.maximum(m, score.max(-1, keepdim=True).values.detach())
        p = torch.exp(score - new)
        c = torch.exp(m - new)
        l = l * c + p.sum(-1, keepdim=True)
        acc = acc * c + p @ V[:, j : j + block_size]
        m = new
    return acc / l
