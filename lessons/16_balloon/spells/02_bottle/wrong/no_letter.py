# mistake: no-letter
import torch
from torch.export import Dim, export


def bottle(model, slate, path):
    model.eval()
    pattern = export(model, (torch.cat([slate, slate]),))
    torch.export.save(pattern, path)


def uncork(path):
    return torch.export.load(path).module()
