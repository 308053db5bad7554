# mistake: no-slope
# torch-judge 0.1.1 accepts this
import math

import torch


def my_gelu(x):
    return x * (0.5 * (1 + torch.erf(x / math.sqrt(2)))).detach()
