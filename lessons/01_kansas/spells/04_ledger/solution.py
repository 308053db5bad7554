import numpy
import torch


def carry_in(figures, device):
    """`figures` in the house measure, `float32`, on `device`."""
    # as_tensor takes lists, numbers, arrays and tensors alike, and copies only where it must. Both the
    # measure and the place are said, so that neither depends on what came in or on any default.
    return torch.as_tensor(figures, dtype=torch.float32, device=device)


ours = [2, 3, 1]
county = numpy.array([0.25, 0.5, 0.75])

print(carry_in(ours, "cpu") + carry_in(county, "cpu"))
