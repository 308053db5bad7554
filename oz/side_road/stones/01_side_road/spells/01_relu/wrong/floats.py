# mistake: number-type
# torch-judge 0.1.1 accepts this
import torch


def relu(x):
    return x.float() * (x > 0)
