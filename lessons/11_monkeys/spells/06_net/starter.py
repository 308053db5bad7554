import torch
import torch.distributed as dist
from load import carry
from race import race
from ranks import launch
from torch.nn.parallel import DistributedDataParallel


def by_hand(model, x, y):
    """What DDP does, by hand: rank 0's weights for all, then in every `.grad` the mean over the ranks."""
    torch.nn.functional.mse_loss(model(x), y).backward()


def train(model, x, y, lr, steps):
    """Train with DDP and SGD on this rank's rows. Gives the loss of all the rows, before each step."""
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


told = launch(carry, 2, by_hand, train)
print("losses of rank 0:", [round(loss, 3) for loss in told[0][::10]])
print("losses of rank 1:", [round(loss, 3) for loss in told[1][::10]])
race(train)
