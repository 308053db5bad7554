import time

import torch
from torch.utils.data import DataLoader


def haul(items, hands):
    more = {"persistent_workers": True, "prefetch_factor": 4} if hands else {}
    start = time.monotonic()
    carried = []
    for batch in DataLoader(items, batch_size=8, shuffle=False, num_workers=hands, **more):
        carried.append(batch)
    return torch.cat(carried), time.monotonic() - start


def try_hands(items, numbers):
    seconds = {}
    for hands in numbers:
        _, seconds[hands] = haul(items, hands)
    return seconds


def enough(seconds):
    for hands in sorted(seconds):
        if seconds[hands] <= min(seconds.values()) * 1.1:
            return hands
