import torch
from torch import nn
from torch.nn import functional as F


class MyEmbedding(nn.Module):
    def __init__(self, num_embeddings, embedding_dim):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(num_embeddings, embedding_dim).uniform_(-1, 1))

    def forward(self, indices):
        return F.one_hot(indices, len(self.weight)).to(self.weight.dtype) @ self.weight
