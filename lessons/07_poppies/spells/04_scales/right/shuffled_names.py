import torch


def part(mouse, share, seed):
    mice = torch.unique(mouse)
    order = torch.randperm(len(mice), generator=torch.Generator().manual_seed(seed))
    tried = mice[order[: round(share * len(mice))]]
    mask = (mouse[:, None] == tried[None, :]).any(dim=1)
    return (~mask).nonzero().squeeze(1), mask.nonzero().squeeze(1)


def level(learn, tried):
    mean, spread = learn.mean(0, keepdim=True), learn.std(0, keepdim=True)
    spread[spread == 0] = 1.0
    return [(rows - mean) / spread for rows in (learn, tried)]
