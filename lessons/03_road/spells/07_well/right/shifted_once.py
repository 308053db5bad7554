import torch


def together(voices):
    """How loud all the voices of the last axis are together: (..., n) to (...)."""
    most = voices.max(dim=-1).values
    shift = most.masked_fill(most.isinf(), 0)
    return shift + torch.einsum("...n->...", (voices - shift[..., None]).exp()).log()


def shares(voices):
    """Each voice's share; they come to 1 along the last axis."""
    return _strength(voices) / _strength(voices).sum(dim=-1, keepdim=True)


def _strength(voices):
    return (voices - voices.amax(dim=-1, keepdim=True)).exp()


def quiet(voices):
    """The logarithm of the shares."""
    return voices - together(voices).unsqueeze(-1)


def cost(voices, who):
    """The mean over the rows of minus quiet, at the voice that was meant. One number."""
    return torch.neg(quiet(voices).gather(1, who.view(-1, 1))).mean()


print(together(torch.tensor([1.0, 0.0])))
print(together(torch.tensor([1000.0, 999.0])))
print(together(torch.tensor([-1000.0, -1001.0])))
print(shares(torch.tensor([2.0, 1.0, 0.0])))
print(cost(torch.tensor([[2.0, 1.0, 0.0]]), torch.tensor([0])))
