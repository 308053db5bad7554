import torch


def week(seed):
    hens = torch.Generator()
    hens.manual_seed(seed)
    days = []
    for day in range(7):
        days.append(torch.randint(5, (3,), generator=hens))
    return days
