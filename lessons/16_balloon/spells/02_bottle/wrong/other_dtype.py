# mistake: other-kind
import torch
from torch.export import Dim, export


def bottle(model, slate, path):
    model.eval()
    pair = torch.zeros(2, *slate.shape[1:])
    torch.export.save(export(model, (pair,), dynamic_shapes=({0: Dim("batch")},)), path)


def uncork(path):
    return torch.export.load(path).module()
