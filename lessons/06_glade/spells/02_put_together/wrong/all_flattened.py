# mistake: all-flattened
import torch
from torch import nn


class Lion(nn.Module):
    """Reads pebbles: pictures of shape (n, side, side) in, logits of shape (n, classes) out."""

    def __init__(self, side, hidden, classes):
        """`side * side` squares are made into `hidden` numbers, and these into `classes`."""
        super().__init__()
        self.look = nn.Linear(side * side, hidden)
        self.say = nn.Linear(hidden, classes)

    def forward(self, pictures):
        """Look, bend, say. The bend is a relu, between the two layers."""
        seen = torch.relu(self.look(pictures.flatten()))
        # Logits, as they are: the loss will see to the softmax.
        return self.say(seen)


lion = Lion(side=8, hidden=32, classes=10)
pebbles = torch.rand(5, 8, 8)
print(lion)
print(lion(pebbles).shape)
