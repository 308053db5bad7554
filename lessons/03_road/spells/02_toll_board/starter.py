import torch


def each_gate(tolls):
    """What each gate took over all days: (..., gates)."""
    return tolls.sum()


def each_day(tolls):
    """What each day brought at all gates: (..., days)."""


def shares(tolls):
    """Each gate's share of its own day. A day that brought nothing has shares of 0."""


def above(tolls):
    """By how much each number is above the mean of its gate."""


def best(tolls):
    """The highest toll of each day, and the number of the gate that took it."""


# Four days, three gates.
board = torch.tensor([[3.0, 0.0, 5.0], [2.0, 2.0, 0.0], [0.0, 0.0, 0.0], [1.0, 6.0, 1.0]])
print(each_gate(board))
print(shares(board))
