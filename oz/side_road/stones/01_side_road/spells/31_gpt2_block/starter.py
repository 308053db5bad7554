import torch
from torch import nn


class GPT2Block(nn.Module):
    """Causal attention, then an MLP, each added to what came in."""

    def __init__(self, d_model, num_heads):
        """`d_model` is a multiple of `num_heads`."""
        super().__init__()

    def forward(self, x):
        """`x` is `(n, length, d_model)`, and so is what comes out."""
