import torch
from torch import nn


class LoRALinear(nn.Module):
    """A frozen linear layer, and a narrow way round it that learns."""

    def __init__(self, in_features, out_features, rank, alpha=1.0):
        """`lora_A` is `(rank, in_features)` and begins at random, `lora_B` is `(out_features, rank)` and begins at 0."""
        super().__init__()

    def forward(self, x):
        """`x` is `(…, in_features)`; gives `(…, out_features)`."""
