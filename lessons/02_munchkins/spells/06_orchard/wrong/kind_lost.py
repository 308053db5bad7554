# mistake: kind-lost
import torch


def ripe(plums, least):
    """All the counts that are least or more, in one row."""
    return torch.tensor(plums[plums >= least].tolist())


def share(plums):
    """The share of trees that bear any plums, as a plain number."""
    if plums.numel() == 0:
        return 0.0
    # A mean needs floats; a mask is bool.
    return (plums > 0).to(torch.float32).mean().item()


def picked(plums, least):
    """The orchard after picking: nought wherever there were least or more."""
    left = plums.clone()
    left[left >= least] = 0
    return left


def every_other(plums):
    """Every second column, from the first on, as a window."""
    return plums[:, ::2]


plums = torch.tensor([[3, 0, 12, 7], [0, 9, 1, 0]])
print(plums >= 7)
print(ripe(plums, 7))
print(share(plums))
print(picked(plums, 7))
print(every_other(plums))
