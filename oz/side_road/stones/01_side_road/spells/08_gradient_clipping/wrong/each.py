# mistake: one-by-one
import torch


def clip_grad_norm(parameters, max_norm):
    parameters = [p for p in parameters if p.grad is not None]
    total = sum(p.grad.norm() ** 2 for p in parameters).sqrt().item()
    for p in parameters:
        p.grad *= min(1.0, max_norm / (p.grad.norm().item() + 1e-9))
    return total
