import torch
from torch.utils.data import DataLoader, DistributedSampler


def deal(nuts, rank, world, batch, epochs):
    """For every epoch the list of batches (tensors) that `rank` trains on, of `world` ranks in all."""
    # what the sampler does: one shuffle that all agree on, filled up from its front, and every world-th of it
    days = []
    for epoch in range(epochs):
        order = torch.randperm(len(nuts), generator=torch.Generator().manual_seed(epoch)).tolist()
        while len(order) % world:
            order += order[: world - len(order) % world]
        days.append(list(DataLoader(nuts, batch_size=batch, sampler=order[rank::world])))
    return days


def count(nuts, rank, world):
    """The nuts that `rank` counts: between them the ranks count every nut, and none of them twice."""
    return [nuts[place] for place in range(rank, len(nuts), world)]


nuts = list(range(100, 110))
for rank in range(3):
    for epoch, batches in enumerate(deal(nuts, rank, 3, batch=2, epochs=2)):
        print(f"rank {rank}, day {epoch}: {[batch.tolist() for batch in batches]}")
    print(f"rank {rank} counts {count(nuts, rank, 3)}")
