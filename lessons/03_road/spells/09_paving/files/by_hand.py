"""How Setts paves: one brick, one hole, one measure at a time. It is all correct."""

import time

import torch


def distances(bricks, holes):
    """The squared distance of each brick from each hole: (n, k)."""
    table = torch.zeros(len(bricks), len(holes), dtype=bricks.dtype)
    for i in range(len(bricks)):
        for j in range(len(holes)):
            table[i, j] = ((bricks[i] - holes[j]) ** 2).sum()
    return table


def nearest(bricks, holes):
    """The number of the nearest hole, for each brick: (n,)."""
    table = distances(bricks, holes)
    which = torch.zeros(len(bricks), dtype=torch.int64)
    for i in range(len(bricks)):
        for j in range(len(holes)):
            if table[i, j] < table[i, which[i]]:
                which[i] = j
    return which


def moved(bricks, which, holes):
    """Each hole at the mean of the bricks that chose it; others where they were: (k, d)."""
    result = holes.clone()
    for j in range(len(holes)):
        total, count = torch.zeros(holes.shape[1], dtype=holes.dtype), 0
        for i in range(len(bricks)):
            if which[i] == j:
                total, count = total + bricks[i], count + 1
        if count:
            result[j] = total / count
    return result


def stopwatch(work, *handed):
    """Milliseconds for one call, the best of three."""
    times = []
    for _ in range(3):
        began = time.perf_counter()
        work(*handed)
        times.append(time.perf_counter() - began)
    return min(times) * 1000
