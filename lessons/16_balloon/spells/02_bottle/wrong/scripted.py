# mistake: old-way
import torch
from torch.export import Dim, export


def bottle(model, slate, path):
    torch.jit.script(model.eval()).save(path)


def uncork(path):
    return torch.jit.load(path)
