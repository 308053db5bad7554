import torch
from torch import nn


class MixtureOfExperts(nn.Module):
    """Several MLPs, of which each token asks a few."""

    def __init__(self, d_model, d_ff, num_experts, top_k):
        """`router` gives a logit for each of `experts`; the `top_k` highest are asked."""
        super().__init__()

    def forward(self, x):
        """`x` is `(…, d_model)`, and so is what comes out."""
