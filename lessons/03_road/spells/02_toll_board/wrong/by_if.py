# mistake: ambiguous
import torch


def each_gate(tolls):
    """What each gate took over all days: (..., gates)."""
    return tolls.sum(dim=-2)  # the days go


def each_day(tolls):
    """What each day brought at all gates: (..., days)."""
    return tolls.sum(dim=-1)  # the gates go


def shares(tolls):
    """Each gate's share of its own day. A day that brought nothing has shares of 0."""
    whole = tolls.sum(dim=-1, keepdim=True)  # (..., days, 1): lines up again
    if whole == 0:
        return torch.zeros_like(tolls)
    return tolls / whole


def above(tolls):
    """By how much each number is above the mean of its gate."""
    return tolls - tolls.mean(dim=-2, keepdim=True)


def best(tolls):
    """The highest toll of each day, and the number of the gate that took it."""
    values, gates = tolls.max(dim=-1)
    return values, gates


# Four days, three gates.
board = torch.tensor([[3.0, 0.0, 5.0], [2.0, 2.0, 0.0], [0.0, 0.0, 0.0], [1.0, 6.0, 1.0]])
print(each_gate(board))
print(each_day(board))
print(shares(board))
print(above(board))
print(best(board))
