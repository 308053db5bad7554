import torch
from torch import nn


class MyEmbedding(nn.Module):
    """A row of numbers for each index."""

    def __init__(self, num_embeddings, embedding_dim):
        """`weight` has the shape `(num_embeddings, embedding_dim)` and begins at random."""
        super().__init__()

    def forward(self, indices):
        """`indices`: whole numbers of any shape. Gives `(*indices.shape, embedding_dim)`."""
