# mistake: fan-out
import math

import torch


def kaiming_init(weight):
    with torch.no_grad():
        return weight.normal_(0, math.sqrt(2 / weight.shape[0]))
