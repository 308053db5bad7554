import math

import torch


def kaiming_init(weight):
    """Fill `weight`, `(out, in, …)`, in place with normal numbers, and give it back."""
    fan_in = weight[0].numel()
    with torch.no_grad():
        return weight.normal_(0, math.sqrt(2 / fan_in))
