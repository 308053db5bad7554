# mistake: values
import torch


def clip_grad_norm(parameters, max_norm):
    parameters = [p for p in parameters if p.grad is not None]
    total = sum(p.grad.norm() ** 2 for p in parameters).sqrt().item()
    for p in parameters:
        p.grad.clamp_(-max_norm, max_norm)
    return total
