# mistake: number-type
# torch-judge 0.1.1 accepts this
import math

import torch


def my_gelu(x):
    return x.float() * 0.5 * (1 + torch.erf(x.float() / math.sqrt(2)))
