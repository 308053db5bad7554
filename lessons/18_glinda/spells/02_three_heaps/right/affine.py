import torch
from torch import nn


def heaps(answers, seed):
    bin = torch.Generator().manual_seed(seed)
    luck = torch.rand(len(answers), generator=bin)
    parts = []
    for kind in answers.unique():
        rows = (answers == kind).nonzero().squeeze(1)
        rows = rows[luck[rows].argsort()]
        n = round(len(rows) / 5)
        parts.append(rows.split([len(rows) - 2 * n, n, n]))
    return tuple(torch.cat(heap) for heap in zip(*parts))


class Level(nn.Module):
    def __init__(self, x):
        super().__init__()
        self.register_buffer("mean", x.mean(dim=0))
        spread = x.std(dim=0)
        self.register_buffer("spread", spread.masked_fill(spread == 0, 1.0))

    def forward(self, x):
        return torch.sub(x, self.mean) / self.spread
