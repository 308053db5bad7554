# mistake: mean-of-shares
"""The flight: run it with torchrun, or just run it, and it sends out two ranks by itself."""

import os
from datetime import timedelta

import torch
import torch.distributed as dist
from ranks import send_out
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import DataLoader, DistributedSampler, Subset
from winds import winds

EPOCHS = 8


def make():
    """A gust goes in, and how much each of the four ropes is to be pulled comes out."""
    return torch.nn.Sequential(torch.nn.Linear(6, 32), torch.nn.ReLU(), torch.nn.Linear(32, 4))


def main():
    """Train, measure, write flight.pt. Gives the share of held-back gusts for which the rope was right."""
    dist.init_process_group("gloo", timeout=timedelta(minutes=2))
    rank = dist.get_rank()
    torch.manual_seed(0)
    train, test = winds()
    model = DistributedDataParallel(make())
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    sampler = DistributedSampler(train)
    loader = DataLoader(train, batch_size=64, sampler=sampler)
    for epoch in range(EPOCHS):
        sampler.set_epoch(epoch)
        for x, y in loader:
            optimizer.zero_grad()
            loss = torch.nn.functional.cross_entropy(model(x), y)
            loss.backward()
            optimizer.step()
    right = number = 0
    with torch.no_grad():
        own = Subset(test, range(rank, len(test), dist.get_world_size()))
        for x, y in DataLoader(own, batch_size=100):
            right += (model(x).argmax(dim=1) == y).sum().item()
            number += len(y)
    share = torch.tensor(right / number)
    dist.all_reduce(share)
    accuracy = share.item() / dist.get_world_size()
    if rank == 0:
        torch.save(model.module.state_dict(), "flight.pt")
        print(f"{accuracy:.3f} of the gusts that were held back")
    dist.barrier()
    dist.destroy_process_group()
    return accuracy


if __name__ == "__main__":
    if "RANK" in os.environ:  # torchrun has sent us out, here and perhaps on other machines
        main()
    else:
        told = send_out(lambda rank, world: main(), 2)
        print(f"all ranks came back, and say: {told}")
