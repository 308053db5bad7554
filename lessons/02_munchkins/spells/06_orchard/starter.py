import torch


def ripe(plums, least):
    """All the counts that are least or more, in one row."""
    found = []
    for row in plums.tolist():  # Wenna: up, look, down
        for tree in row:
            if tree >= least:
                found.append(tree)
    return torch.tensor(found)


def share(plums):
    """The share of trees that bear any plums, as a plain number."""


def picked(plums, least):
    """The orchard after picking: nought wherever there were least or more."""


def every_other(plums):
    """Every second column, from the first on, as a window."""


plums = torch.tensor([[3, 0, 12, 7], [0, 9, 1, 0]])
print(ripe(plums, 7))
