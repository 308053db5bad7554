# mistake: causal
# torch-judge 0.1.1 accepts this
import torch
from torch import nn


class GroupQueryAttention(nn.Module):
    def __init__(self, d_model, num_heads, num_kv_heads):
        super().__init__()
        self.h, self.g, self.d = num_heads, num_kv_heads, d_model // num_heads
        self.W_q, self.W_o = nn.Linear(d_model, d_model), nn.Linear(d_model, d_model)
        self.W_k, self.W_v = nn.Linear(d_model, self.g * self.d), nn.Linear(d_model, self.g * self.d)

    def forward(self, x):
        q, k, v = (w(x).unflatten(-1, (-1, self.d)).transpose(1, 2) for w in (self.W_q, self.W_k, self.W_v))
        k, v = (t.repeat_interleave(self.h // self.g, 1) for t in (k, v))
        s = x.shape[1]
        scores = q @ k.mT / self.d**0.5 + torch.full((s, s), -torch.inf).triu(1)
        return self.W_o((scores.softmax(-1) @ v).transpose(1, 2).flatten(2))
