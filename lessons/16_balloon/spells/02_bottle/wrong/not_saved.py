# mistake: no-file
import torch
from torch.export import Dim, export


def bottle(model, slate, path):
    model.eval()
    export(model, (torch.cat([slate, slate]),), dynamic_shapes=({0: Dim("batch")},))


def uncork(path):
    return torch.export.load(path).module()
