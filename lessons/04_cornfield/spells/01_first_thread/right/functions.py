import torch

straw = torch.linspace(1, 3, 3).requires_grad_()
thought = torch.add(torch.mul(straw, 2), 1)
knot = type(thought.grad_fn).__name__


def begin(numbers):
    return torch.as_tensor(numbers, dtype=torch.float32).requires_grad_()
