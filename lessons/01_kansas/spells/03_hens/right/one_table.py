import torch


def week(seed):
    hens = torch.Generator("cpu").manual_seed(seed)
    return torch.randint(low=0, high=5, size=(7, 3), generator=hens)
