"""The same steps by one process and by two ranks, timed on this machine, with a small net and with a large one."""

import time

import torch
from ranks import launch

RACES = (("small net, 128 rows", 128, 16, 60), ("large net, 2048 rows", 2048, 192, 4))


class _Racer(torch.nn.Module):
    """A net of a given width, with a rope that nobody holds, as the other has."""

    def __init__(self, width):
        super().__init__()
        self.near, self.far = torch.nn.Linear(width, width), torch.nn.Linear(width, 1)
        self.spare = torch.nn.Linear(width, 1)

    def forward(self, x):
        return self.far(torch.relu(self.near(x)))


def race(train):
    """Print what train(model, x, y, lr, steps) takes, alone and with two ranks that share the rows."""
    for name, rows, width, steps in RACES:
        alone = launch(_timed, 1, train, rows, width, steps, seconds=60)[0]
        together = max(launch(_timed, 2, train, rows, width, steps, seconds=60))
        print(f"{name}, {steps} steps: {alone:.2f} s alone, {together:.2f} s with two ranks")


def _timed(rank, world, train, rows, width, steps):
    torch.manual_seed(0)
    model = _Racer(width)
    x, y = torch.randn(rows, width)[rank::world], torch.randn(rows, 1)[rank::world]
    train(model, x, y, 0.01, 1)
    began = time.perf_counter()
    train(model, x, y, 0.01, steps)
    return time.perf_counter() - began
