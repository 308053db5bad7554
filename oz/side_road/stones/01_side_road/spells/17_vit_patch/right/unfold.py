import torch
from torch import nn


class PatchEmbedding(nn.Module):
    def __init__(self, img_size, patch_size, in_channels, embed_dim):
        super().__init__()
        self.p = patch_size
        self.num_patches = (img_size // patch_size) * (img_size // patch_size)
        self.projection = nn.Linear(in_channels * patch_size**2, embed_dim, bias=False)

    def forward(self, x):
        columns = nn.functional.unfold(x, self.p, stride=self.p)
        return self.projection(columns.transpose(1, 2))
