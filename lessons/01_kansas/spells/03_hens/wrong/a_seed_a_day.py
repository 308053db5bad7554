# mistake: neighbouring-seeds
import torch


def week(seed):
    hens = torch.Generator()
    days = []
    for day in range(7):
        hens.manual_seed(seed + day)
        days.append(torch.randint(0, 5, (3,), generator=hens))
    return days
