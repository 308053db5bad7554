import torch


def ripe(plums, least):
    return torch.masked_select(plums, plums.ge(least))


def share(plums):
    return float((plums != 0).sum()) / max(plums.numel(), 1)


def picked(plums, least):
    return torch.where(plums >= least, torch.zeros_like(plums), plums)


def every_other(plums):
    return plums[..., 0::2]
