# mistake: mask-of-towns
import torch


def collect(holes, which):
    """From each rider's row the holes whose numbers are in his row of which: (riders, k)."""
    return holes.gather(1, which)


def single(holes, which):
    """The same for one hole each: which is (riders,), and so is the result."""
    return holes.gather(1, which.unsqueeze(1)).squeeze(1)


def redirect(which, closed, instead):
    """which, but instead wherever the town is closed; closed is (towns,), of bool."""
    return torch.where(closed[which], instead, which)


def count(which, towns):
    """How many letters go to each town: (towns,), int64."""
    return (which == torch.arange(towns)).sum(0)


def deliver(weights, which, towns):
    """What each rider carries to each town: (riders, towns)."""
    empty = torch.zeros(len(which), towns, dtype=weights.dtype)
    return empty.scatter_add(1, which, weights)


holes = torch.tensor([[10, 11, 12], [20, 21, 22]])
print(collect(holes, torch.tensor([[2, 0], [1, 1]])))
print(single(holes, torch.tensor([2, 0])))
print(redirect(torch.tensor([0, 1, 2]), torch.tensor([False, True, False]), 0))
print(count(torch.tensor([1, 1, 1, 3]), 5))
print(deliver(torch.tensor([[1.0, 2.0, 4.0]]), torch.tensor([[0, 0, 2]]), 3))
