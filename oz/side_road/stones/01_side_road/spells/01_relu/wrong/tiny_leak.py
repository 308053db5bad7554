# mistake: leaky
import torch


def relu(x):
    return torch.where(x > 0, x, 1e-6 * x)
