import random

import torch


def part(mouse, share, seed):
    names = sorted(set(mouse.tolist()))
    tried = set(random.Random(seed).sample(names, round(share * len(names))))
    sides = [[], []]
    for row, name in enumerate(mouse.tolist()):
        sides[name in tried].append(row)
    return tuple(torch.tensor(side, dtype=torch.int64) for side in sides)


def level(learn, tried):
    mean = learn.mean(dim=0)
    # The spread as others divide it, by the number of rows.
    spread = ((learn - mean) ** 2).mean(dim=0).sqrt()
    spread = torch.where(spread > 0, spread, torch.ones_like(spread))
    return (learn - mean) / spread, (tried - mean) / spread
