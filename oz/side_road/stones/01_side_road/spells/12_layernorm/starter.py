import torch


def my_layer_norm(x, gamma, beta, eps=1e-05):
    """Normalise the last axis, then scale by `gamma` and move by `beta`, both `(features,)`."""
