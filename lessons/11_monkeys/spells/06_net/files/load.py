"""What is carried, and a short way to carry it."""

import torch


class Net(torch.nn.Module):
    """What is carried. `spare` is a rope that nobody holds: it takes no part in `forward`."""

    def __init__(self):
        super().__init__()
        self.near = torch.nn.Linear(3, 8)
        self.far = torch.nn.Linear(8, 1)
        self.spare = torch.nn.Linear(8, 1)

    def forward(self, x):
        return self.far(torch.tanh(self.near(x)))


def carry(rank, world, by_hand, train):
    """Carry a net by hand, and then in a training; what this rank is told about it."""
    torch.manual_seed(rank)  # every rank begins with other weights
    x = torch.randn(32, 3)
    y = x.sum(dim=1, keepdim=True)
    by_hand(Net(), x, y)
    return train(Net(), x, y, lr=0.1, steps=50)
