# mistake: one-draw
# torch-judge 0.1.1 accepts this
import math

import torch


def kaiming_init(weight):
    with torch.no_grad():
        row = torch.randn(weight.shape[1:]) * math.sqrt(2 / weight[0].numel())
        weight.copy_(row.expand_as(weight))
    return weight
