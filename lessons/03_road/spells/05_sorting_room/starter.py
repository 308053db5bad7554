import torch


def collect(holes, which):
    """From each rider's row the holes whose numbers are in his row of which: (riders, k)."""


def single(holes, which):
    """The same for one hole each: which is (riders,), and so is the result."""
    return holes[:, which]


def redirect(which, closed, instead):
    """which, but instead wherever the town is closed; closed is (towns,), of bool."""


def count(which, towns):
    """How many letters go to each town: (towns,), int64."""
    counts = torch.zeros(towns, dtype=torch.int64)
    counts[which] += 1  # Pidge's way
    return counts


def deliver(weights, which, towns):
    """What each rider carries to each town: (riders, towns)."""


holes = torch.tensor([[10, 11, 12], [20, 21, 22]])
print(single(holes, torch.tensor([2, 0])))  # wanted: 12 and 20
print(count(torch.tensor([1, 1, 1, 3]), 5))  # wanted: 0, 3, 0, 1, 0
