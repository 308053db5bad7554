# mistake: drawn-before-sowing
import torch


def week(seed):
    days = []
    for day in range(7):
        days.append(torch.randint(0, 5, (3,)))
    torch.manual_seed(seed)
    return days
