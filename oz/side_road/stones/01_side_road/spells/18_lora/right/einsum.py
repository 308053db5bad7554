import torch
from torch import nn
from torch.nn import functional as F


class LoRALinear(nn.Module):
    def __init__(self, in_features, out_features, rank, alpha=1.0):
        super().__init__()
        self.rank, self.alpha = rank, alpha
        self.linear = nn.Linear(in_features, out_features)
        for p in self.linear.parameters():
            p.requires_grad = False
        self.lora_A = nn.Parameter(torch.empty(rank, in_features))
        nn.init.kaiming_uniform_(self.lora_A)
        self.lora_B = nn.Parameter(torch.zeros(out_features, rank))

    def forward(self, x):
        delta = self.lora_B @ self.lora_A * (self.alpha / self.rank)
        return self.linear(x) + F.linear(x, delta)
