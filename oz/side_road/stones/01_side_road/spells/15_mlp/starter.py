import torch
from torch import nn


class SwiGLUMLP(nn.Module):
    """An MLP with a gate."""

    def __init__(self, d_model, d_ff):
        """`gate_proj` and `up_proj` go from `d_model` to `d_ff`, `down_proj` back."""
        super().__init__()

    def forward(self, x):
        """`x` is `(…, d_model)`, and so is what comes out."""
