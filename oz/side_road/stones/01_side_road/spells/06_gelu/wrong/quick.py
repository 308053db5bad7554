# mistake: sigmoid
import torch


def my_gelu(x):
    return x * torch.sigmoid(1.702 * x)
