import torch


def rms_norm(x, weight, eps=1e-06):
    """Divide the last axis by the root of the mean of its squares; scale by `weight`, `(features,)`."""
