# mistake: one-scale
# torch-judge 0.1.1 accepts this
import torch
from torch import nn


class Int8Linear(nn.Module):
    def __init__(self, weight, bias=None):
        super().__init__()
        scale = (weight.abs().max() / 127).clamp(min=1e-10).expand(len(weight), 1).clone()
        self.register_buffer("scale", scale)
        self.register_buffer("weight_int8", (weight / scale).round().to(torch.int8))
        self.register_buffer("bias", bias)

    def forward(self, x):
        out = x @ (self.weight_int8 * self.scale).T
        return out if self.bias is None else out + self.bias
