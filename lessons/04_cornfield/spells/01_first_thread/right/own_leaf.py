import torch

straw = (torch.ones(3) + torch.tensor([0.0, 1.0, 2.0])).requires_grad_(True)
thought = (straw + 0.5) * 2
knot = "MulBackward0"


def begin(numbers):
    return torch.Tensor(numbers).detach().clone().requires_grad_()
