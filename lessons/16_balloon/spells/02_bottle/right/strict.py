import copy

import torch
from torch import nn


class Bottle(nn.Module):
    """So that the first argument has a name that is known."""

    def __init__(self, mind):
        super().__init__()
        self.mind = mind

    def forward(self, slates):
        return self.mind(slates)


def bottle(model, slate, path):
    model = copy.deepcopy(model).eval()
    two = slate.expand(2, *slate.shape[1:]).contiguous()
    batch = torch.export.Dim("batch", min=0, max=100_000)
    pattern = torch.export.export(Bottle(model), (two,), dynamic_shapes={"slates": {0: batch}})
    torch.export.save(pattern, path)


def uncork(path):
    return torch.export.load(path).module()
