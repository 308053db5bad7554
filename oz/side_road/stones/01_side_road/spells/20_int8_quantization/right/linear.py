import torch
from torch import nn
from torch.nn import functional as F


class Int8Linear(nn.Module):
    def __init__(self, weight, bias=None):
        super().__init__()
        scale = (weight.detach().abs().max(dim=1, keepdim=True).values / 127.0).clamp(min=1e-10)
        self.register_buffer("scale", scale)
        self.register_buffer("weight_int8", torch.round(weight.detach() / scale).clamp(-128, 127).to(torch.int8))
        self.bias = nn.Parameter(bias.clone()) if bias is not None else None

    def forward(self, x):
        return F.linear(x, self.weight_int8.float() * self.scale, self.bias)
