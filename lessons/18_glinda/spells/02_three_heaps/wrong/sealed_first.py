# mistake: heaps-swapped
import torch
from torch import nn


def heaps(answers, seed):
    """Row numbers for three heaps, to learn from, to choose by and to be sealed: (learn, check, sealed).

    Every kind of answer is parted by itself, a fifth of it to `check` and a fifth to `sealed`."""
    bin = torch.Generator().manual_seed(seed)
    parted = [], [], []
    for kind in torch.unique(answers):
        rows = torch.where(answers == kind)[0]
        rows = rows[torch.randperm(len(rows), generator=bin)]
        fifth = round(len(rows) / 5)
        parted[0].append(rows[2 * fifth :])
        parted[1].append(rows[:fifth])
        parted[2].append(rows[fifth : 2 * fifth])
    return tuple(torch.cat(heap) for heap in reversed(parted))


class Level(nn.Module):
    """Takes the mean off and divides by the spread, column by column, as they were in `x` (n, columns)."""

    def __init__(self, x):
        super().__init__()
        spread = x.std(dim=0)
        # Buffers: they are no parameters, and travel with the state all the same.
        self.register_buffer("mean", x.mean(dim=0))
        self.register_buffer("spread", torch.where(spread == 0, torch.ones_like(spread), spread))

    def forward(self, x):
        return (x - self.mean) / self.spread


rows = torch.load("cellar.pt", weights_only=True)
x, answers = rows["x"], rows["answers"]
learn, check, sealed = heaps(answers, seed=18)
level = Level(x[learn])
for name, heap in (("learn", learn), ("check", check), ("sealed", sealed)):
    print(f"{name:7}{len(heap):4} bottles, of each grower {torch.bincount(answers[heap]).tolist()}")
print("spread of the thirteen columns, as they come:", x.std(dim=0))
print("the check rows, levelled:", level(x[check]).mean().item(), level(x[check]).std().item())
