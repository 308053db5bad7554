# mistake: quarter-cosine
import math

import torch
from torch import nn


def pace(turn, warm, turns):
    """The share of the full pace in turn number `turn`, of `turns`: 0, 1, 2, …

    In the first `warm` turns it grows evenly, from 1 / warm in turn 0 to 1 in turn warm - 1. From
    turn `warm` on it falls, as half a cosine does, from 1 in turn `warm` to 0 in turn `turns`.
    """
    if turn < warm:
        return (turn + 1) / warm
    return math.cos(math.pi / 2 * (turn - warm) / (turns - warm))


def walk(model, optimizer, x, y, turns, warm):
    """`turns` steps down the mean squared error, each on all rows, each at its own pace.

    Gives the learning rates that the steps were taken with, one for each, of the optimizer's first
    group.
    """
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda turn: pace(turn, warm, turns))
    rates = []
    for _ in range(turns):
        optimizer.zero_grad()
        nn.functional.mse_loss(model(x), y).backward()
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        # After the step, once a turn: it sets the rate of the next.
        scheduler.step()
    return rates


# A line through forty points, and how far from it one ends.
torch.manual_seed(6)
x = torch.randn(40, 3)
y = x @ torch.tensor([[2.0], [-1.0], [0.5]]) + 0.3
tortoise = nn.Linear(3, 1)
optimizer = torch.optim.SGD(tortoise.parameters(), lr=1.2, momentum=0.9)
rates = walk(tortoise, optimizer, x, y, turns=60, warm=5)
print("paces:", [round(rate, 3) for rate in rates[::6]])
print("ends at a loss of", round(nn.functional.mse_loss(tortoise(x), y).item(), 4))
