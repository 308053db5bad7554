import torch
from torch import nn


class Lion(nn.Module):
    """Reads pebbles: pictures of shape (n, side, side) in, logits of shape (n, classes) out."""

    def __init__(self, side, hidden, classes):
        """`side * side` squares are made into `hidden` numbers, and these into `classes`."""
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(side**2, hidden), nn.Linear(hidden, classes)])
        self.bend = nn.ReLU()

    def forward(self, pictures):
        """Look, bend, say. The bend is a relu, between the two layers."""
        x = pictures.flatten(start_dim=1)
        return self.layers[1](self.bend(self.layers[0](x)))


lion = Lion(side=8, hidden=32, classes=10)
pebbles = torch.rand(5, 8, 8)
print(lion)
print(lion(pebbles).shape)
