import torch
from torch.export import Dim, export


def bottle(model, slate, path):
    """Leave `model` in the file `path`, so that it takes any number of slates. `slate`: one example, (1, …)."""
    model.eval()
    # An example of one would write a 1 into the pattern where the letter should stand.
    pair = torch.cat([slate, slate])
    pattern = export(model, (pair,), dynamic_shapes=({0: Dim("batch")},))
    torch.export.save(pattern, path)


def uncork(path):
    """What `path` holds, ready to be called."""
    return torch.export.load(path).module()
