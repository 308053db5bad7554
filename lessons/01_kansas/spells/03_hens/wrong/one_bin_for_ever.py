# mistake: sown-once-for-all-weeks
import torch

hens = torch.Generator().manual_seed(7)


def week(seed):
    return [torch.randint(0, 5, (3,), generator=hens) for day in range(7)]
