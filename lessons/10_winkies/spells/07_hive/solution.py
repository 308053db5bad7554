import torch
from torch import nn
from torch.nn import functional as F
from torch.profiler import ProfilerActivity, profile


class Hive(nn.Module):
    """Remembers a little of every day it was called: nine parts of what it knew, one of what it sees."""

    def __init__(self):
        super().__init__()
        self.look = nn.Linear(4, 8)
        self.out = nn.Linear(8, 1)
        self.scale = nn.Parameter(torch.ones(1))
        self.memory = torch.zeros(8)
        self.comb = []

    def forward(self, x):
        seen = torch.tanh(self.look(x)).mean(dim=0)
        # Of the last day only, and only to be looked at.
        self.comb = [seen.detach()]
        # Yesterday is a fact; only today can still be asked.
        self.memory = 0.9 * self.memory.detach() + 0.1 * seen
        return self.scale * self.out(self.memory)


def work(hive, optimizer, x, y):
    """One step on the day `x`, `(n, 4)`, that gave `y`, `(1,)`; the loss, as a number."""
    loss = F.mse_loss(hive(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


def new_season(hive, optimizer):
    """Sets the scale of the hive back to 1."""
    with torch.no_grad():
        hive.scale.fill_(1.0)


def hum(step):
    """What one call of `step()` asks of the machine: how often each operation, by its name."""
    with profile(activities=[ProfilerActivity.CPU]) as seen:
        step()
    return {event.key: event.count for event in seen.key_averages()}


grows = "aten::tanh_backward"  # the name of an operation that is called more often every day


def four_days():
    """Counts the operations of four days, and shows some of them."""
    torch.manual_seed(0)
    hive = Hive()
    optimizer = torch.optim.SGD(hive.parameters(), lr=0.05)
    days = []
    for _ in range(4):
        x, y = torch.randn(5, 4), torch.randn(1)
        days.append(hum(lambda: work(hive, optimizer, x, y)))
    for name in ("linear", "tanh", "mean", "mul", "mse_loss", "mse_loss_backward", "tanh_backward"):
        print(f"aten::{name:18}", *(day.get(f"aten::{name}", "-") for day in days))


four_days()
