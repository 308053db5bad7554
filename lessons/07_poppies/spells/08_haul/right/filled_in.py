from time import perf_counter

import torch
from torch.utils.data import BatchSampler, DataLoader, SequentialSampler


def haul(items, hands):
    start = perf_counter()
    batches = BatchSampler(SequentialSampler(items), batch_size=8, drop_last=False)
    loader = DataLoader(
        items, batch_sampler=batches, num_workers=hands, collate_fn=torch.utils.data.default_collate
    )
    carried, at = None, 0
    for batch in loader:
        if carried is None:
            carried = batch.new_empty((len(items), *batch.shape[1:]))
        carried[at : at + len(batch)] = batch
        at += len(batch)
    end = perf_counter()
    return carried, end - start


def try_hands(items, numbers):
    return dict(zip(numbers, [haul(items, n)[1] for n in numbers]))


def enough(seconds):
    limit = sorted(seconds.values())[0] * 1.1
    return min(filter(lambda hands: seconds[hands] <= limit, seconds))
