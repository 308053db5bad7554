import torch

straw = torch.arange(1.0, 4.0)
straw.requires_grad = True
thought = straw + straw + 1
knot = thought.grad_fn.name()


def begin(numbers):
    fresh = torch.tensor(numbers).to(torch.float32)
    fresh.requires_grad = True
    return fresh
