# mistake: dead-weights
# torch-judge 0.1.1 accepts this
import torch
from torch import nn


class MultiHeadCrossAttention(nn.Module):
    def __init__(self, d_model, num_heads):
        super().__init__()
        self.h = num_heads
        self.W_q, self.W_k, self.W_v, self.W_o = (nn.Linear(d_model, d_model) for _ in range(4))

    def forward(self, x_q, x_kv):
        q, k, v = (w(t).unflatten(-1, (self.h, -1)).transpose(1, 2) for w, t in ((self.W_q, x_q), (self.W_k, x_kv), (self.W_v, x_kv)))
        seen = (q @ k.mT / q.shape[-1] ** 0.5).softmax(-1) @ v
        return seen.transpose(1, 2).flatten(2)
