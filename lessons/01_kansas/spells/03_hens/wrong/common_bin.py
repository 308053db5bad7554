# mistake: common-bin
import torch


def week(seed):
    torch.manual_seed(seed)
    days = []
    for day in range(7):
        days.append(torch.randint(0, 5, (3,)))
    return days
