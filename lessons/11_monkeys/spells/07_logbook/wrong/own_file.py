# mistake: file-each
import torch
import torch.distributed as dist
from evening import make, practice
from ranks import launch


def keep(ddp, path):
    """Write what the net has learned to `path`, such that `make()` can load it. It is there when this returns."""
    torch.save(ddp.module.state_dict(), f"{path}.{dist.get_rank()}")
    dist.barrier()


def fetch(path):
    """A fresh model with the weights that lie at `path`; on every rank."""
    model = make()
    model.load_state_dict(
        torch.load(f"{path}.{dist.get_rank()}", map_location="cpu", weights_only=True)
    )
    return model


off = launch(practice, 3, make, keep, fetch)
print("what ranks 0, 1 and 2 read differs from what was written by", off)
