# mistake: sown-every-morning
import torch


def week(seed):
    days = []
    for day in range(7):
        torch.manual_seed(seed)
        days.append(torch.randint(0, 5, (3,)))
    return days
