import torch


def rms_norm(x, weight, eps=1e-6):
    """Divide the last axis by the root of the mean of its squares; scale by `weight`, `(features,)`."""
    mean_square = x.pow(2).mean(dim=-1, keepdim=True)
    return x * torch.rsqrt(mean_square + eps) * weight
