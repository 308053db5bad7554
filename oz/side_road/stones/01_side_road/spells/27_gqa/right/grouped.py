import torch
import torch.nn as nn


class GroupQueryAttention(nn.Module):
    def __init__(self, d_model, num_heads, num_kv_heads):
        super().__init__()
        self.h, self.g, self.d = num_heads, num_kv_heads, d_model // num_heads
        self.W_q = nn.Linear(d_model, d_model, bias=False)
        self.W_k = nn.Linear(d_model, self.g * self.d, bias=False)
        self.W_v = nn.Linear(d_model, self.g * self.d, bias=False)
        self.W_o = nn.Linear(d_model, d_model, bias=False)

    def forward(self, x):
        b, s, _ = x.shape
        q = self.W_q(x).view(b, s, self.g, self.h // self.g, self.d)
        k = self.W_k(x).view(b, s, self.g, self.d)
        v = self.W_v(x).view(b, s, self.g, self.d)
        a = torch.softmax(torch.einsum("bqgrd,bkgd->bgrqk", q, k) / self.d**0.5, -1)
        return self.W_o(torch.einsum("bgrqk,bkgd->bqgrd", a, v).reshape(b, s, -1))
