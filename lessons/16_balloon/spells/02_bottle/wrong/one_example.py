# mistake: example-of-one
import torch
from torch.export import Dim, export


def bottle(model, slate, path):
    model.eval()
    pattern = export(model, (slate,), dynamic_shapes=({0: Dim("batch")},))
    torch.export.save(pattern, path)


def uncork(path):
    return torch.export.load(path).module()
