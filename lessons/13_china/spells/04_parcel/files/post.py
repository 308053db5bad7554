"""Parcels as they lie at the gate: an honest one, one from the cousin, and one with a ribbon.

What is in the one with the ribbon is not dangerous here. It breaks `church.txt`, beside the program, and says so.
"""

from dataclasses import dataclass
from pathlib import Path

import torch


@dataclass
class Recipe:
    """How the cousin sends glazes: a class of her own, with tensors in it."""

    name: str
    parts: torch.Tensor


def _break_church():
    Path("church.txt").write_text("in pieces")
    print("CRASH. That was the church.")


class Gift:
    """Pretends to be a weight. What a pickle says of it is not what it is but what to do."""

    def __reduce__(self):
        return _break_church, ()


def deliver():
    """Lays the three parcels beside the program, and sets up the church."""
    Path("church.txt").write_text("whole")
    weights = {"weight": torch.ones(2, 3), "bias": torch.zeros(2)}
    torch.save(weights, "honest.pt")
    torch.save({"glaze": Recipe("blue", torch.tensor([0.2, 0.8]))}, "cousin.pt")
    torch.save({**weights, "with love": Gift()}, "ribbon.pt")
