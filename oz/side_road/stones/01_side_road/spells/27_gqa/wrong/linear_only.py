# mistake: no-attention
# torch-judge 0.1.1 accepts this
from torch import nn


class GroupQueryAttention(nn.Module):
    def __init__(self, d_model, num_heads, num_kv_heads):
        super().__init__()
        d = d_model // num_heads
        self.W_q, self.W_o = nn.Linear(d_model, d_model), nn.Linear(d_model, d_model)
        self.W_k, self.W_v = nn.Linear(d_model, num_kv_heads * d), nn.Linear(d_model, num_kv_heads * d)

    def forward(self, x):
        return self.W_o(self.W_q(x)) + 0 * self.W_k(x).sum() + 0 * self.W_v(x).sum()
