# mistake: not-linear
# torch-judge 0.1.1 accepts this
import torch
from torch import nn
from torch.nn import functional as F


class Thing:
    def __init__(self, d, e):
        self.weight = torch.randn(e, d, requires_grad=True)

    def __call__(self, x):
        return x @ self.weight.T


class SwiGLUMLP(nn.Module):
    def __init__(self, d_model, d_ff):
        super().__init__()
        self.gate_proj = Thing(d_model, d_ff)
        self.up_proj = Thing(d_model, d_ff)
        self.down_proj = Thing(d_ff, d_model)

    def forward(self, x):
        return self.down_proj(F.silu(self.gate_proj(x)) * self.up_proj(x))
