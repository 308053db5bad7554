import torch
import torch.distributed as dist
from evening import make, practice
from ranks import launch


def keep(ddp, path):
    """Write what the net has learned to `path`, such that `make()` can load it. It is there when this returns."""
    if dist.get_rank() == 0:  # all ranks have the same weights: one of them writes them down
        torch.save(ddp.module.state_dict(), path)
    dist.barrier()  # outside the `if`: every rank comes by, and none goes on before the file is whole


def fetch(path):
    """A fresh model with the weights that lie at `path`; on every rank."""
    model = make()
    if dist.get_rank() == 0:
        model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    for value in model.state_dict().values():
        dist.broadcast(
            value, src=0
        )  # one rank reads, the others are told: right, where only one has the disk
    return model


off = launch(practice, 3, make, keep, fetch)
print("what ranks 0, 1 and 2 read differs from what was written by", off)
