from contextlib import redirect_stderr
from io import StringIO

import torch
from torch import nn
from torch.export import Dim, export

fittings = 0


def fitted(model, example, **how):
    """Whether `export` makes a pattern of `model` or refuses. (It says at length why; that is left out here.)"""
    try:
        with redirect_stderr(StringIO()):
            export(model, (example,), **how)
    except RuntimeError:
        return "refused"
    return "a pattern"


class Coat(nn.Module):
    """Doubled where it rains, thinner where it is dry."""

    def forward(self, rain):
        global fittings
        fittings += 1
        if rain.sum() > 0:
            return rain * 2
        return rain - 1


wet, dry = torch.tensor([1.0, 2.0]), torch.tensor([-1.0, -2.0])

# 1: the old way. A trace is taken in the rain, and worn on a dry day.
print(torch.jit.trace(Coat(), wet)(dry).tolist())  # traced

# 2: the new way, with the same coat.
print(fitted(Coat(), wet))  # coat


class Seam(nn.Module):
    """Nothing in it depends on the weather."""

    def forward(self, cloth):
        global fittings
        fittings += 1
        return cloth @ torch.ones(2, 3)


# 3: one pattern, from which three pieces are cut.
fittings = 0
pattern = export(Seam(), (torch.ones(4, 2),))
for piece in range(3):
    pattern.module()(torch.ones(4, 2))
print(fittings)  # fitted


def cut(pattern, people):
    """The shape that comes out for so many people, or "error"."""
    try:
        return tuple(pattern.module()(torch.ones(people, 2)).shape)
    except Exception:
        return "error"


# 4: that pattern was fitted on four people.
print(cut(pattern, 3))  # three

# 5: one in which the number of people is a letter; it was fitted on two.
batch = Dim("batch")
pattern = export(Seam(), (torch.ones(2, 2),), dynamic_shapes=({0: batch},))
print(cut(pattern, 1))  # one

# 6: the same letter, fitted on a single person.
print(fitted(Seam(), torch.ones(1, 2), dynamic_shapes=({0: batch},)))  # alone


class Share(nn.Module):
    """Each person's share: Python's `len` counts the people."""

    def forward(self, cloth):
        return cloth.sum(dim=0) / len(cloth)


# 7: a letter for the people again, fitted on four.
print(fitted(Share(), torch.ones(4, 2), dynamic_shapes=({0: batch},)))  # counted

# 8: a network that nobody told to stop learning; asked the same thing twice.
drop = nn.Dropout(0.5)
pattern = export(drop, (torch.ones(1000),)).module()
print(torch.equal(pattern(torch.ones(1000)), pattern(torch.ones(1000))))  # twice
