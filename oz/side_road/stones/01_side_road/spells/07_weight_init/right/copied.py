import torch


def kaiming_init(weight):
    fan_in = weight.numel() // weight.shape[0]
    weight.data.copy_(torch.randn(weight.shape, dtype=weight.dtype) * (2.0 / fan_in) ** 0.5)
    return weight
