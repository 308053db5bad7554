# mistake: too-early
import torch
import torch.distributed as dist
from ranks import launch
from torch.nn.parallel import DistributedDataParallel


def make():
    """The model, with weights of its own every time."""
    return torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Tanh(), torch.nn.Linear(4, 1))


def keep(ddp, path):
    """Write what the net has learned to `path`, such that `make()` can load it. It is there when this returns."""
    if dist.get_rank() == 0:  # all ranks have the same weights: one of them writes them down
        torch.save(ddp.module.state_dict(), path)


def fetch(path):
    """A fresh model with the weights that lie at `path`; on every rank."""
    model = make()
    model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    return model


def evening(rank, world):
    """Train a little, write it down, and read it again."""
    ddp = DistributedDataParallel(make())
    x = torch.randn(8, 3)
    optimizer = torch.optim.SGD(ddp.parameters(), lr=0.1)
    torch.nn.functional.mse_loss(ddp(x), x[:, :1]).backward()
    optimizer.step()
    keep(ddp, "log.pt")
    again = fetch("log.pt")
    with torch.no_grad():
        return (again(x) - ddp(x)).abs().max().item()


for rank, off in enumerate(launch(evening, 3)):
    print(f"rank {rank}: what was read differs from what was written by {off:g}")
