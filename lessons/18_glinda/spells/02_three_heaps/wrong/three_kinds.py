# mistake: kind-lost
import torch
from torch import nn


def heaps(answers, seed):
    g = torch.Generator().manual_seed(seed)
    learn, check, sealed = [], [], []
    for kind in range(3):
        rows = torch.where(answers == kind)[0]
        rows = rows[torch.randperm(len(rows), generator=g)]
        n = round(len(rows) / 5)
        check.append(rows[:n])
        sealed.append(rows[n : 2 * n])
        learn.append(rows[2 * n :])
    return torch.cat(learn), torch.cat(check), torch.cat(sealed)


class Level(nn.Module):
    def __init__(self, x):
        super().__init__()
        spread = x.std(dim=0)
        spread[spread == 0] = 1
        self.register_buffer("mean", x.mean(dim=0))
        self.register_buffer("spread", spread)

    def forward(self, x):
        return (x - self.mean) / self.spread
