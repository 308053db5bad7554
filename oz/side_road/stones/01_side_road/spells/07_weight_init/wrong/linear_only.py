# mistake: kernel-forgotten
# torch-judge 0.1.1 accepts this
import math

import torch


def kaiming_init(weight):
    with torch.no_grad():
        return weight.normal_(0, math.sqrt(2 / weight.shape[1]))
