import torch


def together(voices):
    """How loud all the voices of the last axis are together: (..., n) to (...)."""
    return torch.log(torch.exp(voices).sum(dim=-1))


def shares(voices):
    """Each voice's share; they come to 1 along the last axis."""


def quiet(voices):
    """The logarithm of the shares."""


def cost(voices, who):
    """The mean over the rows of minus quiet, at the voice that was meant. One number."""


print(together(torch.tensor([1.0, 0.0])))
print(together(torch.tensor([1000.0, 999.0])))
print(together(torch.tensor([-1000.0, -1001.0])))
