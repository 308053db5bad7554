"""An evening on the terrace: train a little, write it down, and read it again."""

import torch
from torch.nn.parallel import DistributedDataParallel


def make():
    """The model, with weights of its own every time."""
    return torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Tanh(), torch.nn.Linear(4, 1))


def practice(rank, world, make, keep, fetch):
    """By how much what was read differs from what was written, on this rank."""
    ddp = DistributedDataParallel(make())
    x = torch.randn(8, 3)
    optimizer = torch.optim.SGD(ddp.parameters(), lr=0.1)
    torch.nn.functional.mse_loss(ddp(x), x[:, :1]).backward()
    optimizer.step()
    keep(ddp, "log.pt")
    again = fetch("log.pt")
    with torch.no_grad():
        return (again(x) - ddp(x)).abs().max().item()
