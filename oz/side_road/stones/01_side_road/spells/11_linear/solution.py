import math

import torch


class SimpleLinear:
    """A matrix and a bias."""

    def __init__(self, in_features, out_features):
        """`weight` is `(out_features, in_features)`, `bias` is `(out_features,)`."""
        self.weight = torch.randn(out_features, in_features) / math.sqrt(in_features)
        self.weight.requires_grad_()
        self.bias = torch.zeros(out_features, requires_grad=True)

    def forward(self, x):
        """`x` is `(…, in_features)`; gives `(…, out_features)`."""
        return x @ self.weight.T + self.bias
