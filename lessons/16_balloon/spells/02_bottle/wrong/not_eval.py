# mistake: still-learning
import torch
from torch.export import Dim, export


def bottle(model, slate, path):
    pattern = export(model, (torch.cat([slate, slate]),), dynamic_shapes=({0: Dim("batch")},))
    torch.export.save(pattern, path)


def uncork(path):
    return torch.export.load(path).module()
