# mistake: uncounted
import torch
from torch.utils.data import DataLoader, DistributedSampler


def deal(nuts, rank, world, batch, epochs):
    """For every epoch the list of batches (tensors) that `rank` trains on, of `world` ranks in all."""
    sampler = DistributedSampler(nuts, num_replicas=world, rank=rank)
    loader = DataLoader(nuts, batch_size=batch, sampler=sampler)
    days = []
    for epoch in range(epochs):
        sampler.set_epoch(epoch)
        days.append(list(loader))
    return days


def count(nuts, rank, world):
    """The nuts that `rank` counts: between them the ranks count every nut, and none of them twice."""
    each = len(nuts) // world
    return nuts[rank * each : (rank + 1) * each]


nuts = list(range(100, 110))
for rank in range(3):
    for epoch, batches in enumerate(deal(nuts, rank, 3, batch=2, epochs=2)):
        print(f"rank {rank}, day {epoch}: {[batch.tolist() for batch in batches]}")
    print(f"rank {rank} counts {count(nuts, rank, 3)}")
