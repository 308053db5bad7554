import torch


def my_layer_norm(x, gamma, beta, eps=1e-5):
    """Normalise the last axis, then scale by `gamma` and move by `beta`, both `(features,)`."""
    centred = x - x.mean(dim=-1, keepdim=True)
    variance = centred.pow(2).mean(dim=-1, keepdim=True)
    return centred * torch.rsqrt(variance + eps) * gamma + beta
