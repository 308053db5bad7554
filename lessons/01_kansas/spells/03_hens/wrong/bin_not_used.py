# mistake: bin-not-used
import torch


def week(seed):
    hens = torch.Generator().manual_seed(seed)
    return [torch.randint(0, 5, (3,)) for day in range(7)]
