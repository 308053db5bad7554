# mistake: squeezed-all
import torch


def together(voices):
    """How loud all the voices of the last axis are together: (..., n) to (...)."""
    loudest = voices.amax(dim=-1, keepdim=True)
    # Nothing but silence: -inf minus -inf would be nan.
    loudest = torch.where(loudest.isfinite(), loudest, 0.0)
    return loudest.squeeze() + (voices - loudest).exp().sum(dim=-1).log()


def shares(voices):
    """Each voice's share; they come to 1 along the last axis."""
    return quiet(voices).exp()


def quiet(voices):
    """The logarithm of the shares."""
    return voices - together(voices).unsqueeze(-1)


def cost(voices, who):
    """The mean over the rows of minus quiet, at the voice that was meant. One number."""
    return -quiet(voices).gather(1, who.unsqueeze(1)).mean()


print(together(torch.tensor([1.0, 0.0])))
print(together(torch.tensor([1000.0, 999.0])))
print(together(torch.tensor([-1000.0, -1001.0])))
print(shares(torch.tensor([2.0, 1.0, 0.0])))
print(cost(torch.tensor([[2.0, 1.0, 0.0]]), torch.tensor([0])))
