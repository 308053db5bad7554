import torch
from torch import nn


class LoRALinear(nn.Module):
    """A frozen linear layer, and a narrow way round it that learns."""

    def __init__(self, in_features, out_features, rank, alpha=1.0):
        """`lora_A` is `(rank, in_features)` and begins at random, `lora_B` is `(out_features, rank)` and begins at 0."""
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)
        self.linear.requires_grad_(False)
        self.lora_A = nn.Parameter(torch.randn(rank, in_features) * in_features**-0.5)
        self.lora_B = nn.Parameter(torch.zeros(out_features, rank))
        self.scale = alpha / rank

    def forward(self, x):
        """`x` is `(…, in_features)`; gives `(…, out_features)`."""
        return self.linear(x) + (x @ self.lora_A.T @ self.lora_B.T) * self.scale
