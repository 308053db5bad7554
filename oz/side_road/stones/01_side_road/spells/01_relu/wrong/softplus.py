# mistake: smooth
import torch


def relu(x):
    return torch.nn.functional.softplus(x, beta=50)
