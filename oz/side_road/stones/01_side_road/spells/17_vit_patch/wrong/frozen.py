# mistake: no-parameters
# torch-judge 0.1.1 accepts this
import torch
from torch import nn


class PatchEmbedding(nn.Module):
    def __init__(self, img_size, patch_size, in_channels, embed_dim):
        super().__init__()
        self.p = patch_size
        self.num_patches = (img_size // patch_size) ** 2
        self.matrix = torch.randn(in_channels * patch_size**2, embed_dim)

    def forward(self, x):
        return nn.functional.unfold(x, self.p, stride=self.p).transpose(1, 2) @ self.matrix
