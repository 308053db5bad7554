# mistake: short-of-four
import torch


def week(seed):
    hens = torch.Generator().manual_seed(seed)
    return [torch.randint(0, 4, (3,), generator=hens) for day in range(7)]
