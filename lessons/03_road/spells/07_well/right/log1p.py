import torch


def together(voices):
    """How loud all the voices of the last axis are together: (..., n) to (...)."""
    ordered = voices.sort(dim=-1, descending=True).values
    most = ordered[..., 0].nan_to_num(neginf=0.0)
    rest = (ordered[..., 1:] - most.unsqueeze(-1)).exp().sum(dim=-1)
    silent = ordered[..., 0] == float("-inf")
    return torch.where(silent, ordered[..., 0], most + torch.log1p(rest))


def shares(voices):
    """Each voice's share; they come to 1 along the last axis."""
    return quiet(voices).exp()


def quiet(voices):
    """The logarithm of the shares."""
    return voices - together(voices).unsqueeze(-1)


def cost(voices, who):
    """The mean over the rows of minus quiet, at the voice that was meant. One number."""
    return (together(voices) - voices.gather(-1, who[:, None])[:, 0]).sum() / len(who)


print(together(torch.tensor([1.0, 0.0])))
print(together(torch.tensor([1000.0, 999.0])))
print(together(torch.tensor([-1000.0, -1001.0])))
print(shares(torch.tensor([2.0, 1.0, 0.0])))
print(cost(torch.tensor([[2.0, 1.0, 0.0]]), torch.tensor([0])))
