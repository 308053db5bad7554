# mistake: no-dim
import torch

import by_hand


def distances(bricks, holes):
    """The squared distance of each brick from each hole: (n, d) and (k, d) to (n, k)."""
    # (n, 1, d) with (k, d): each to each. First the difference, then the square: no digits lost.
    return (bricks[:, None] - holes).square().sum(dim=-1)


def nearest(bricks, holes):
    """The number of the nearest hole, for each brick: (n,)."""
    return distances(bricks, holes).argmin(dim=1)


def spread(bricks, holes):
    """The mean of the squared distances of the bricks from their own holes. One number."""
    return distances(bricks, holes).amin(dim=1).mean()


def moved(bricks, which, holes):
    """Each hole at the mean of the bricks that chose it; others where they were: (k, d)."""
    sums = torch.zeros_like(holes).scatter_add(0, which[:, None].expand_as(bricks), bricks)
    counts = torch.bincount(which, minlength=len(holes))[:, None]
    return torch.where(counts == 0, holes, sums / counts)


def chances(bricks, holes, softness):
    """For each brick the shares of -distance / softness, over the holes: (n, k)."""
    return torch.softmax(-distances(bricks, holes) / softness)


def pave(bricks, holes, rounds):
    """So many rounds of choosing and moving: the holes, which, and the spread at the end."""
    for _ in range(rounds):
        holes = moved(bricks, nearest(bricks, holes), holes)
    return holes, nearest(bricks, holes), spread(bricks, holes)


heap = torch.rand(200, 3)
plan = torch.rand(10, 3)
print(f"by hand: {by_hand.stopwatch(by_hand.nearest, heap, plan):9.3f} ms")
print(f"at once: {by_hand.stopwatch(nearest, heap, plan):9.3f} ms")
print(
    f"spread, before and after nine rounds: {pave(heap, plan, 0)[2]:.5f}, {pave(heap, plan, 9)[2]:.5f}"
)
