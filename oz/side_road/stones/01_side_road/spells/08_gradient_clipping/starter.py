import torch


def clip_grad_norm(parameters, max_norm):
    """Shorten the gradients together to `max_norm`, if they are longer. Gives their length before."""
