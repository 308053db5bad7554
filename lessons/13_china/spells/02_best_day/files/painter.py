"""The mould of the Princess, the painter who comes every day, and the judge who says how she turned out."""

import torch
from torch import nn

MARKS = [0.2, 0.5, 0.9, 0.4, 0.1]
"""How she turned out on the first day, and on each day after it."""


def mould():
    """An empty princess: as she comes out of it she is in training, and knows no day."""
    princess = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3), nn.Dropout(0.5), nn.Linear(3, 1))
    nn.init.zeros_(princess[0].weight)
    return princess


def day_of(princess):
    """The day she is of, by what was painted on her."""
    return int(princess[0].weight[0, 0].item())


def practise(princess):
    """The painter comes: a day goes by. She is changed in place, as every step of an optimizer does it."""
    with torch.no_grad():
        princess[0].weight += 1.0
        princess[1].running_mean += 10.0


def score(princess):
    """How she turned out, by a judge."""
    return MARKS[day_of(princess) % len(MARKS)]
