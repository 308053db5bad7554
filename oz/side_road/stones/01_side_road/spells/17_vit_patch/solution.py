import torch
from torch import nn


class PatchEmbedding(nn.Module):
    """Pictures as rows of patches."""

    def __init__(self, img_size, patch_size, in_channels, embed_dim):
        """`img_size` is a multiple of `patch_size`."""
        super().__init__()
        self.patch_size = patch_size
        self.num_patches = (img_size // patch_size) ** 2
        self.project = nn.Linear(in_channels * patch_size * patch_size, embed_dim)

    def forward(self, x):
        """`x` is `(n, in_channels, img_size, img_size)`; gives `(n, num_patches, embed_dim)`."""
        n, channels, height, width = x.shape
        p = self.patch_size
        grid = x.reshape(n, channels, height // p, p, width // p, p)
        patches = grid.permute(0, 2, 4, 1, 3, 5).reshape(n, self.num_patches, -1)
        return self.project(patches)
