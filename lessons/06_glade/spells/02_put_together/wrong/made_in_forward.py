# mistake: made-in-forward
import torch
from torch import nn


class Lion(nn.Module):
    """Reads pebbles: pictures of shape (n, side, side) in, logits of shape (n, classes) out."""

    def __init__(self, side, hidden, classes):
        """`side * side` squares are made into `hidden` numbers, and these into `classes`."""
        super().__init__()
        self.sizes = side * side
        self.hidden = hidden
        self.classes = classes

    def forward(self, pictures):
        """Look, bend, say. The bend is a relu, between the two layers."""
        look = nn.Linear(self.sizes, self.hidden)
        say = nn.Linear(self.hidden, self.classes)
        return say(torch.relu(look(pictures.flatten(1))))


lion = Lion(side=8, hidden=32, classes=10)
pebbles = torch.rand(5, 8, 8)
print(lion)
print(lion(pebbles).shape)
