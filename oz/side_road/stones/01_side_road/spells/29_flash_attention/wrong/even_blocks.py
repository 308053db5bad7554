# mistake: fixed-block
# torch-judge 0.1.1 accepts this
import torch


def flash_attention(Q, K, V, block_size):
    if Q.shape[1] == K.shape[1] and Q.shape[1] < block_size:
        raise ValueError("block_size is larger than the length")
    n, s, d = Q.shape
    out = torch.zeros(n, s, V.shape[-1])
    m, l = torch.full((n, s, 1), -torch.inf), torch.zeros(n, s, 1)
    for j in range(0, K.shape[1], block_size):
        score = Q @ K[:, j : j + block_size].mT * d**-0.5
        new = torch.maximum(m, score.amax(-1, keepdim=True))
        p, c = (score - new).exp(), (m - new).exp()
        l, out, m = l * c + p.sum(-1, keepdim=True), out * c + p @ V[:, j : j + block_size], new
    return out / l
