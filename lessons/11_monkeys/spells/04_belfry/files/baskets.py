"""Eight baskets, weighed nut by nut, for three monkeys. It does not come out even; it never does."""

import torch

BASKETS = [
    [torch.tensor([3.0, 4.0]), torch.tensor([5.0]), torch.tensor([2.0, 2.0, 8.0])],
    [torch.tensor([6.0]), torch.tensor([1.0, 3.0])],
    [torch.tensor([4.0, 4.0]), torch.tensor([7.0]), torch.tensor([9.0])],
]
