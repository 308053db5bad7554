# mistake: one-seed-for-all
import torch


def week(seed):
    hens = torch.Generator().manual_seed(7)
    return [torch.randint(0, 5, (3,), generator=hens) for day in range(7)]
