import torch
from torch import nn


class Lion(nn.Module):
    """Reads pebbles: pictures of shape (n, side, side) in, logits of shape (n, classes) out."""

    def __init__(self, side, hidden, classes):
        """`side * side` squares are made into `hidden` numbers, and these into `classes`."""
        super().__init__()
        self.w1 = nn.Parameter(torch.randn(hidden, side * side) * 0.1)
        self.b1 = nn.Parameter(torch.zeros(hidden))
        self.w2 = nn.Parameter(torch.randn(classes, hidden) * 0.1)
        self.b2 = nn.Parameter(torch.zeros(classes))

    def forward(self, pictures):
        """Look, bend, say. The bend is a relu, between the two layers."""
        flat = pictures.reshape(len(pictures), -1)
        seen = (flat @ self.w1.T + self.b1).clamp(min=0)
        return torch.einsum("nh,ch->nc", seen, self.w2) + self.b2


lion = Lion(side=8, hidden=32, classes=10)
pebbles = torch.rand(5, 8, 8)
print(lion)
print(lion(pebbles).shape)
