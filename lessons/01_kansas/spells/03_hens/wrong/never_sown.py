# mistake: drawn-before-sowing
import torch


def week(seed):
    return [torch.randint(0, 5, (3,)) for day in range(7)]
