import torch

import by_hand


def distances(bricks, holes):
    """The squared distance of each brick from each hole: (n, d) and (k, d) to (n, k)."""
    return by_hand.distances(bricks, holes)


def nearest(bricks, holes):
    """The number of the nearest hole, for each brick: (n,)."""
    return by_hand.nearest(bricks, holes)


def spread(bricks, holes):
    """The mean of the squared distances of the bricks from their own holes. One number."""


def moved(bricks, which, holes):
    """Each hole at the mean of the bricks that chose it; others where they were: (k, d)."""
    return by_hand.moved(bricks, which, holes)


def chances(bricks, holes, softness):
    """For each brick the shares of -distance / softness, over the holes: (n, k)."""


def pave(bricks, holes, rounds):
    """So many rounds of choosing and moving: the holes, which, and the spread at the end."""


heap = torch.rand(200, 3)
plan = torch.rand(10, 3)
print(f"by hand: {by_hand.stopwatch(by_hand.nearest, heap, plan):9.3f} ms")
print(f"at once: {by_hand.stopwatch(nearest, heap, plan):9.3f} ms")
