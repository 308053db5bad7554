import torch


class SimpleLinear:
    """A matrix and a bias."""

    def __init__(self, in_features, out_features):
        """`weight` is `(out_features, in_features)`, `bias` is `(out_features,)`."""

    def forward(self, x):
        """`x` is `(…, in_features)`; gives `(…, out_features)`."""
