# mistake: same-mask
# torch-judge 0.1.1 accepts this
import torch
from torch import nn


class MyDropout(nn.Module):
    def __init__(self, p=0.5):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training or self.p == 0:
            return x
        if self.p == 1:
            return 0 * x
        dice = torch.rand(x.shape, generator=torch.Generator().manual_seed(0))
        return x * (dice >= self.p) / (1 - self.p)
