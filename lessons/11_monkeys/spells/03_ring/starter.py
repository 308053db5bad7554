import torch
import torch.distributed as dist
from ranks import launch


def all_reduce(tensor):
    """Add `tensor` up over all ranks, in place, by sending and receiving alone."""
    rank, world = dist.get_rank(), dist.get_world_size()
    right, left = (rank + 1) % world, (rank - 1) % world
    came = torch.empty_like(tensor)
    dist.send(tensor, right)
    dist.recv(came, left)
    tensor += came


def pass_round(rank, world):
    """What each of them has in its basket afterwards."""
    basket = torch.arange(4.0) + 10 * rank
    all_reduce(basket)
    return basket.tolist()


for rank, basket in enumerate(launch(pass_round, 3)):
    print(f"rank {rank}: {basket}")
