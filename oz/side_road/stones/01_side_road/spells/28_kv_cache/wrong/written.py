# mistake: cache-changed
# torch-judge 0.1.1 accepts this
import torch
from torch import nn


class KVCacheAttention(nn.Module):
    def __init__(self, d_model, num_heads):
        super().__init__()
        self.h = num_heads
        self.W_q, self.W_k, self.W_v, self.W_o = (nn.Linear(d_model, d_model) for _ in range(4))

    def forward(self, x, cache=None):
        q, k, v = (w(x).unflatten(-1, (self.h, -1)).transpose(1, 2) for w in (self.W_q, self.W_k, self.W_v))
        if cache is not None:
            k, v = torch.cat([cache[0], k], 2), torch.cat([cache[1], v], 2)
        new, total = q.shape[2], k.shape[2]
        mask = torch.full((new, total), -torch.inf).triu(1 + total - new)
        out = self.W_o(((q @ k.mT / q.shape[-1] ** 0.5 + mask).softmax(-1) @ v).transpose(1, 2).flatten(2))
        if cache is not None:
            cache[0].zero_()
        return out, (k, v)
