# mistake: one-after-the-other
import torch


def ripe(plums, least):
    found = []
    for tree in plums.reshape(-1):
        if tree >= least:
            found.append(tree.item())
    return torch.tensor(found, dtype=plums.dtype)


def share(plums):
    return (plums > 0).float().mean().item() if plums.numel() else 0.0


def picked(plums, least):
    return plums * (plums < least)


def every_other(plums):
    return plums[:, ::2]
