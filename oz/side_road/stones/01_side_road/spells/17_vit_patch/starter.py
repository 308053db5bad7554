import torch
from torch import nn


class PatchEmbedding(nn.Module):
    """Pictures as rows of patches."""

    def __init__(self, img_size, patch_size, in_channels, embed_dim):
        """`img_size` is a multiple of `patch_size`."""
        super().__init__()

    def forward(self, x):
        """`x` is `(n, in_channels, img_size, img_size)`; gives `(n, num_patches, embed_dim)`."""
