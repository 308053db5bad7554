import torch


def clip_grad_norm(parameters, max_norm):
    parameters = [p for p in parameters if p.grad is not None]
    if not parameters:
        return torch.tensor(0.0)
    total = torch.stack([p.grad.norm() for p in parameters]).norm()
    factor = (max_norm / (total + 1e-6)).clamp(max=1.0)
    for p in parameters:
        p.grad = p.grad * factor
    return total
