import torch
from torch.nn import functional as F


def step(at, moves, trees):
    """A hedge of one square round the wood, and a table of who bounces off it."""
    rows, columns = trees.shape
    hedge = F.pad(torch.zeros(rows, columns), (1, 1, 1, 1), value=1.0).bool().flatten()
    wide = columns + 2
    inside = (at // columns + 1) * wide + at % columns + 1
    tried = inside + torch.tensor([-wide, 1, wide, -1])[moves]
    kept = torch.where(hedge[tried], inside, tried)
    to = (kept // wide - 1) * columns + kept % wide - 1
    price = torch.where(trees, -0.2, -0.01)
    price[0, -1] = 1.0
    reward = price.flatten()[to]
    ends = trees.clone()
    ends[0, -1] = True
    done = ends.flatten()[to]
    return torch.where(done, torch.tensor((rows - 1) * columns), to), reward, done
