import torch


def clip_grad_norm(parameters, max_norm):
    """Shorten the gradients together to `max_norm`, if they are longer. Gives their length before."""
    grads = [p.grad for p in parameters if p.grad is not None]
    if not grads:
        return 0.0
    total = torch.sqrt(sum(grad.pow(2).sum() for grad in grads)).item()
    if total > max_norm:
        for grad in grads:
            grad.mul_(max_norm / total)
    return total
