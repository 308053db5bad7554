from datetime import timedelta

import torch
import torch.distributed as dist
from ranks import free_port, send_out


def backend(device):
    """What ranks talk over whose tensors are on `device`: "nccl" between NVIDIA's cards, else "gloo"."""
    return {"cuda": "nccl"}.get(torch.device(device).type, "gloo")


def call(rank, world, port, nuts):
    """The sum of the `nuts` of all ranks, on every rank. They meet here, at `port`, and part again."""
    dist.init_process_group(
        backend(nuts.device),
        init_method=f"tcp://127.0.0.1:{port}",
        rank=rank,
        world_size=world,
        timeout=timedelta(seconds=5),
    )
    try:
        total = nuts + 0
        dist.all_reduce(total, op=dist.ReduceOp.SUM)
        return total
    finally:
        dist.destroy_process_group()


def roll(rank, world, port):
    """What each of them says when it is called."""
    return call(rank, world, port, torch.tensor([rank + 1.0])).item()


print("nuts between them, by ranks 0, 1 and 2:", send_out(roll, 3, free_port(), seconds=6))
