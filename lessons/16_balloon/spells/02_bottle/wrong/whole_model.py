# mistake: not-a-pattern
import torch
from torch.export import Dim, export


def bottle(model, slate, path):
    torch.save(model.eval(), path)


def uncork(path):
    return torch.load(path, weights_only=False)
