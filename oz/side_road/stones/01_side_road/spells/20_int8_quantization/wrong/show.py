# mistake: float-forward
# torch-judge 0.1.1 accepts this
import torch
from torch import nn


class Int8Linear(nn.Module):
    def __init__(self, weight, bias=None):
        super().__init__()
        scale = (weight.abs().amax(1, keepdim=True) / 127).clamp(min=1e-10)
        self.register_buffer("scale", scale)
        self.register_buffer("weight_int8", (weight / scale).round().to(torch.int8))
        self.register_buffer("bias", bias)
        self.exact = weight

    def forward(self, x):
        out = x @ self.exact.T
        return out if self.bias is None else out + self.bias
