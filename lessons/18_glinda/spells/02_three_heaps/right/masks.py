import numpy as np
import torch
from torch import nn


def heaps(answers, seed):
    luck = np.random.default_rng(seed)
    which = np.zeros(len(answers), dtype=int)
    for kind in set(answers.tolist()):
        rows = luck.permutation(np.flatnonzero(answers.numpy() == kind))
        fifth = round(len(rows) / 5)
        which[rows[:fifth]] = 1
        which[rows[fifth : 2 * fifth]] = 2
    return [torch.from_numpy(np.flatnonzero(which == heap)) for heap in range(3)]


class Level(nn.Module):
    def __init__(self, x):
        super().__init__()
        spread, mean = torch.std_mean(x, dim=0, keepdim=True)
        spread[spread == 0] = 1
        self.register_buffer("mean", mean)
        self.register_buffer("spread", spread)

    def forward(self, x):
        return (x - self.mean).div(self.spread)
