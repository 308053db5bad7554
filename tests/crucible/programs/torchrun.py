"""Starts itself under torchrun, with two ranks."""

import os
import subprocess
import sys

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel


def rank() -> None:
    dist.init_process_group("gloo")
    model = DistributedDataParallel(nn.Linear(4, 2))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(20):
        optimizer.zero_grad()
        model(torch.randn(8, 4)).square().mean().backward()
        optimizer.step()
    mine = torch.tensor([float(dist.get_rank() + 1)])
    dist.all_reduce(mine)
    assert mine.item() == 3.0
    if dist.get_rank() == 0:
        print("sum", mine.item(), flush=True)
    dist.destroy_process_group()


if "LOCAL_RANK" in os.environ:
    rank()
else:
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2"]
    ended = subprocess.run([*command, __file__], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "sum 3.0" in ended.stdout
    print("done")
