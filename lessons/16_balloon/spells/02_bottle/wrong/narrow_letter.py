# mistake: narrow-letter
import torch
from torch.export import Dim, export


def bottle(model, slate, path):
    model.eval()
    batch = Dim("batch", min=2, max=16)
    pattern = export(model, (torch.cat([slate, slate]),), dynamic_shapes=({0: batch},))
    torch.export.save(pattern, path)


def uncork(path):
    return torch.export.load(path).module()
