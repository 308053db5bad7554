# mistake: silu
import torch


def my_gelu(x):
    return x * torch.sigmoid(x)
