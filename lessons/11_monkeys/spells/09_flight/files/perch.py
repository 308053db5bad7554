"""Where a rank sits."""

import os

import torch


def where():
    """The device of this rank: a card of its own where every rank on this machine can have one."""
    if torch.cuda.device_count() >= int(os.environ["LOCAL_WORLD_SIZE"]):
        return torch.device("cuda", int(os.environ["LOCAL_RANK"]))
    return torch.device("cpu")
