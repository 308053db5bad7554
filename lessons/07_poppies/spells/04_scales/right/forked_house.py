import torch


def part(mouse, share, seed):
    mice, which = torch.unique(mouse, return_inverse=True)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        lot = torch.rand(len(mice))
    rank = lot.argsort().argsort()
    held = rank < round(share * len(mice))
    rows = torch.arange(len(mouse))
    return rows[~held[which]], rows[held[which]]


def level(learn, tried):
    mean, spread = learn.mean(dim=0), learn.std(dim=0)
    still = spread == 0
    spread = spread + still.to(spread.dtype)
    return (learn - mean) / spread, (tried - mean) / spread
