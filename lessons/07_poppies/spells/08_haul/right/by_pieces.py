import time

import torch
from torch.utils.data import DataLoader


def haul(items, hands):
    began = time.time()
    rows = []
    for batch in DataLoader(items, 8, num_workers=hands):
        rows += list(batch)
    return [torch.stack(rows), time.time() - began]


def try_hands(items, numbers):
    taken = {}
    for n in numbers:
        taken.update({n: haul(items, n)[1]})
    return taken


def enough(seconds):
    best = sorted(seconds, key=seconds.get)[0]
    return min([h for h in seconds if seconds[h] / seconds[best] <= 1.1] or [best])
