import torch
from torch import nn
from torch.nn import functional as F


class SwiGLUMLP(nn.Module):
    """An MLP with a gate."""

    def __init__(self, d_model, d_ff):
        """`gate_proj` and `up_proj` go from `d_model` to `d_ff`, `down_proj` back."""
        super().__init__()
        self.gate_proj = nn.Linear(d_model, d_ff)
        self.up_proj = nn.Linear(d_model, d_ff)
        self.down_proj = nn.Linear(d_ff, d_model)

    def forward(self, x):
        """`x` is `(…, d_model)`, and so is what comes out."""
        return self.down_proj(F.silu(self.gate_proj(x)) * self.up_proj(x))
