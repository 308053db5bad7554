# mistake: own-accuracy
"""The flight: run it with torchrun, or just run it, and it sends out two ranks by itself."""

import os
from datetime import timedelta

import torch
import torch.distributed as dist
from perch import where
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
    device = where()
    backend = dist.get_default_backend_for_device(device)  # gloo here, nccl between cards
    # rank, world and meeting place are in the environment, where torchrun has put them
    dist.init_process_group(backend, timeout=timedelta(seconds=30))
    rank, world = dist.get_rank(), dist.get_world_size()
    torch.manual_seed(0)
    train, test = winds()
    ddp = DistributedDataParallel(make().to(device))
    optimizer = torch.optim.Adam(ddp.parameters(), lr=1e-2)
    sampler = DistributedSampler(train)
    loader = DataLoader(train, batch_size=32, sampler=sampler)
    for epoch in range(EPOCHS):
        sampler.set_epoch(epoch)
        for x, y in loader:
            optimizer.zero_grad()
            loss = torch.nn.functional.cross_entropy(ddp(x.to(device)), y.to(device))
            loss.backward()
            optimizer.step()
    # right ones and all of them, each gust counted by one rank: nothing is filled up here
    counts = torch.zeros(2, device=device)
    with torch.no_grad():
        for x, y in DataLoader(Subset(test, range(rank, len(test), world)), batch_size=100):
            right = ddp.module(x.to(device)).argmax(dim=1) == y.to(device)
            counts += torch.tensor([right.sum(), len(right)], device=device)
    accuracy = (counts[0] / counts[1]).item()
    if rank == 0:
        torch.save({name: w.cpu() for name, w in ddp.module.state_dict().items()}, "flight.pt")
        print(f"{world} ranks: {accuracy:.3f} of the gusts that were held back")
    dist.barrier()  # nobody parts before the book is written
    dist.destroy_process_group()
    return accuracy


if __name__ == "__main__":
    if "RANK" in os.environ:  # torchrun has sent us out, here and perhaps on other machines
        main()
    else:
        told = send_out(lambda rank, world: main(), 2)
        print(f"all ranks came back, and say: {told}")
