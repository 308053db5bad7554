# mistake: always
import torch


def clip_grad_norm(parameters, max_norm):
    parameters = [p for p in parameters if p.grad is not None]
    total = sum(p.grad.norm() ** 2 for p in parameters).sqrt().item()
    for p in parameters:
        p.grad *= max_norm / (total + 1e-9)
    return total
