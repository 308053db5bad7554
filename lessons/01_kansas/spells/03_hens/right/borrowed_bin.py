# the common bin is used, and afterwards put back as it was
import torch


def week(seed):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return [torch.randint(0, 5, (3,)) for _ in range(7)]
