# mistake: eval-too-late
import torch
from torch.export import Dim, export


def bottle(model, slate, path):
    pattern = export(model, (torch.cat([slate, slate]),), dynamic_shapes=({0: Dim("batch")},))
    torch.export.save(pattern, path)


def uncork(path):
    module = torch.export.load(path).module()
    module.eval()
    return module
