# mistake: not-random
# torch-judge 0.1.1 accepts this
import math

import torch


def kaiming_init(weight):
    with torch.no_grad():
        signs = (torch.rand(weight.shape) < 0.5).to(weight.dtype) * 2 - 1
        return weight.copy_(signs * math.sqrt(2 / weight[0].numel()))
