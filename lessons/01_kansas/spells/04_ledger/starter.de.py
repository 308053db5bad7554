import numpy
import torch


def carry_in(figures, device):
    """`figures` im Hausmaß, `float32`, auf `device`."""
    return torch.tensor(figures)


ours = [2, 3, 1]
county = numpy.array([0.25, 0.5, 0.75])

print(carry_in(ours, "cpu").dtype)
print(carry_in(county, "cpu").dtype)
print((carry_in([2.0, 3.0, 1.0], "cpu") + carry_in(county, "cpu")).dtype)
