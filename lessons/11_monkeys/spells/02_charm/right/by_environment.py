import os
from datetime import timedelta

import torch
import torch.distributed as dist
from ranks import free_port, send_out


def backend(device):
    """What ranks talk over whose tensors are on `device`: "nccl" between NVIDIA's cards, else "gloo"."""
    return "nccl" if device.type == "cuda" else "gloo"


def call(rank, world, port, nuts):
    """The sum of the `nuts` of all ranks, on every rank. They meet here, at `port`, and part again."""
    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port))
    dist.init_process_group(
        backend(nuts.device), rank=rank, world_size=world, timeout=timedelta(seconds=4)
    )
    total = nuts.clone()  # all_reduce writes over what it is given
    dist.all_reduce(total)
    dist.destroy_process_group()
    return total


def roll(rank, world, port):
    """What each of them says when it is called."""
    return call(rank, world, port, torch.tensor([rank + 1.0])).item()


print("nuts between them, by ranks 0, 1 and 2:", send_out(roll, 3, free_port(), seconds=6))
