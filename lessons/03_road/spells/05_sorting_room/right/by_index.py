import torch


def collect(holes, which):
    """From each rider's row the holes whose numbers are in his row of which: (riders, k)."""
    return holes[torch.arange(len(holes))[:, None], which]


def single(holes, which):
    """The same for one hole each: which is (riders,), and so is the result."""
    return holes[torch.arange(len(holes)), which]


def redirect(which, closed, instead):
    """which, but instead wherever the town is closed; closed is (towns,), of bool."""
    which = which.clone()
    which[closed[which]] = instead
    return which


def count(which, towns):
    """How many letters go to each town: (towns,), int64."""
    return torch.zeros(towns, dtype=torch.int64).index_add(0, which, torch.ones_like(which))


def deliver(weights, which, towns):
    """What each rider carries to each town: (riders, towns)."""
    empty = torch.zeros(len(which), towns, dtype=weights.dtype)
    rows = torch.arange(len(which))[:, None].expand_as(which)
    return empty.index_put((rows, which), weights, accumulate=True)


holes = torch.tensor([[10, 11, 12], [20, 21, 22]])
print(collect(holes, torch.tensor([[2, 0], [1, 1]])))
print(single(holes, torch.tensor([2, 0])))
print(redirect(torch.tensor([0, 1, 2]), torch.tensor([False, True, False]), 0))
print(count(torch.tensor([1, 1, 1, 3]), 5))
print(deliver(torch.tensor([[1.0, 2.0, 4.0]]), torch.tensor([[0, 0, 2]]), 3))
