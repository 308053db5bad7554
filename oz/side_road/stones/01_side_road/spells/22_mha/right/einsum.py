import torch
import torch.nn as nn


class MultiHeadAttention:
    def __init__(self, d_model, num_heads):
        self.h, self.d = num_heads, d_model // num_heads
        self.W_q, self.W_k, self.W_v, self.W_o = [nn.Linear(d_model, d_model) for _ in range(4)]

    def forward(self, Q, K, V):
        n = Q.shape[0]
        q = self.W_q(Q).view(n, -1, self.h, self.d)
        k = self.W_k(K).view(n, -1, self.h, self.d)
        v = self.W_v(V).view(n, -1, self.h, self.d)
        a = torch.softmax(torch.einsum("nqhd,nkhd->nhqk", q, k) * self.d**-0.5, dim=-1)
        return self.W_o(torch.einsum("nhqk,nkhd->nqhd", a, v).reshape(n, -1, self.h * self.d))
