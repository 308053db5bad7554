import torch


def ripe(plums, least):
    flat = plums.reshape(-1)
    return flat[torch.nonzero(flat >= least).squeeze(1)]


def share(plums):
    trees = plums.numel()
    return torch.count_nonzero(plums).item() / trees if trees else 0.0


def picked(plums, least):
    return plums * (plums < least)


def every_other(plums):
    return plums.T[::2].T
