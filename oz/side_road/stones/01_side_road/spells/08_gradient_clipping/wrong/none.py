# mistake: no-gradient
# torch-judge 0.1.1 accepts this
import torch


def clip_grad_norm(parameters, max_norm):
    parameters = list(parameters)
    total = sum((p.grad**2).sum() for p in parameters).sqrt().item()
    if total > max_norm:
        for p in parameters:
            p.grad *= max_norm / total
    return total
