# mistake: far-out
# torch-judge 0.1.1 accepts this
import math

import torch


def my_gelu(x):
    # the error function by its series, which wants more and more terms further out
    u = x / math.sqrt(2)
    term, total = u, u
    for n in range(1, 60):
        term = -term * u * u / n
        total = total + term / (2 * n + 1)
    return 0.5 * x * (1 + 2 / math.sqrt(math.pi) * total)
