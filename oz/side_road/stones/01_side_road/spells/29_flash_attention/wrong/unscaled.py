# mistake: no-rescale
import torch


def flash_attention(Q, K, V, block_size):
    out = []
    for q in Q.split(block_size, 1):
        total, acc, top = 0, 0, torch.full((*q.shape[:2], 1), -torch.inf)
        for k, v in zip(K.split(block_size, 1), V.split(block_size, 1)):
            s = q @ k.mT / K.shape[-1] ** 0.5
            top = torch.maximum(top, s.amax(-1, keepdim=True))
            w = (s - top).exp()
            total = total + w.sum(-1, keepdim=True)
            acc = acc + w @ v
        out.append(acc / total)
    return torch.cat(out, 1)
