# mistake: own-loss
import torch
import torch.distributed as dist
from race import race
from ranks import launch
from torch.nn.parallel import DistributedDataParallel


class Net(torch.nn.Module):
    """What is carried. `spare` is a rope that nobody holds: it takes no part in `forward`."""

    def __init__(self):
        super().__init__()
        self.near = torch.nn.Linear(3, 8)
        self.far = torch.nn.Linear(8, 1)
        self.spare = torch.nn.Linear(8, 1)

    def forward(self, x):
        return self.far(torch.tanh(self.near(x)))


def by_hand(model, x, y):
    """What DDP does, by hand: rank 0's weights for all, then in every `.grad` the mean over the ranks."""
    for weight in model.parameters():
        dist.broadcast(weight.detach(), src=0)
    torch.nn.functional.mse_loss(model(x), y).backward()
    for weight in model.parameters():
        if weight.grad is not None:  # the spare has none, on any rank
            dist.all_reduce(weight.grad)
            weight.grad /= dist.get_world_size()


def train(model, x, y, lr, steps):
    """Train with DDP and SGD on this rank's rows. Gives the loss of all the rows, before each step."""
    ddp = DistributedDataParallel(model, find_unused_parameters=True)
    optimizer = torch.optim.SGD(ddp.parameters(), lr=lr)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(ddp(x), y)
        loss.backward()  # the gradients meet in here
        optimizer.step()
        mean = loss.detach().clone()  # what was reduced were gradients: the loss is still this rank's own
        losses.append(mean.item())
    return losses


def carry(rank, world):
    """A short training: what each rank is told about it."""
    torch.manual_seed(rank)  # every rank begins with other weights
    x = torch.randn(32, 3)
    y = x.sum(dim=1, keepdim=True)
    by_hand(Net(), x, y)
    return train(Net(), x, y, lr=0.1, steps=50)


for rank, losses in enumerate(launch(carry, 2)):
    print(f"rank {rank}: loss {losses[0]:.3f} at first, {losses[-1]:.3f} in the end")
race(train)
