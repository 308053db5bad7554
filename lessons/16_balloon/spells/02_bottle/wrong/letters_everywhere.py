# mistake: other-axis
import torch
from torch.export import Dim, export


def bottle(model, slate, path):
    model.eval()
    pair = torch.cat([slate, slate])
    shapes = {axis: Dim(f"axis{axis}") for axis in range(pair.dim())}
    torch.export.save(export(model, (pair,), dynamic_shapes=(shapes,)), path)


def uncork(path):
    return torch.export.load(path).module()
