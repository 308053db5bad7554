# mistake: one-head
# torch-judge 0.1.1 accepts this
import torch
from torch import nn


class KVCacheAttention(nn.Module):
    def __init__(self, d_model, num_heads):
        super().__init__()
        self.h = num_heads
        self.W_q, self.W_k, self.W_v, self.W_o = (nn.Linear(d_model, d_model) for _ in range(4))

    def forward(self, x, cache=None):
        q, k, v = self.W_q(x), self.W_k(x), self.W_v(x)
        if cache is not None:
            k, v = (torch.cat([c.transpose(1, 2).flatten(2), t], 1) for c, t in zip(cache, (k, v)))
        new, total = q.shape[1], k.shape[1]
        mask = torch.full((new, total), -torch.inf).triu(1 + total - new)
        out = self.W_o((q @ k.mT / q.shape[-1] ** 0.5 + mask).softmax(-1) @ v)
        return out, tuple(t.unflatten(-1, (self.h, -1)).transpose(1, 2) for t in (k, v))
