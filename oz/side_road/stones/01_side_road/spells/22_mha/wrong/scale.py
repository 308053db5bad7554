# mistake: wrong-scale
import torch
from torch import nn


class MultiHeadAttention(nn.Module):
    def __init__(self, d_model, num_heads):
        super().__init__()
        self.h = num_heads
        self.W_q, self.W_k, self.W_v, self.W_o = (nn.Linear(d_model, d_model) for _ in range(4))

    def forward(self, Q, K, V):
        q, k, v = (w(t).unflatten(-1, (self.h, -1)).transpose(1, 2) for w, t in ((self.W_q, Q), (self.W_k, K), (self.W_v, V)))
        seen = (q @ k.mT / Q.shape[-1] ** 0.5).softmax(-1) @ v
        return self.W_o(seen.transpose(1, 2).flatten(2))
