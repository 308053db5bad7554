import torch
from torch.export import Dim, export, load, save


def bottle(model, slate, path):
    two = torch.zeros((2, *slate.shape[1:]), dtype=slate.dtype)
    with torch.no_grad():
        save(export(model.eval(), (two,), dynamic_shapes=[[Dim.AUTO, *[None] * (slate.dim() - 1)]]), path)


def uncork(path):
    module = load(path).module()

    def poured(slates):
        with torch.inference_mode():
            return module(slates)

    return poured
