# mistake: constant
import torch
from torch import nn


class PatchEmbedding(nn.Module):
    def __init__(self, img_size, patch_size, in_channels, embed_dim):
        super().__init__()
        self.num_patches = (img_size // patch_size) ** 2
        self.out = nn.Parameter(torch.randn(self.num_patches, embed_dim))

    def forward(self, x):
        return self.out + 0 * x.sum()
