# mistake: old-way
import torch
from torch.export import Dim, export


def bottle(model, slate, path):
    model.eval()
    torch.jit.save(torch.jit.trace(model, slate), path)


def uncork(path):
    return torch.jit.load(path)
