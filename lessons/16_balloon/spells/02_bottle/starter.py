import torch

# A page of the humbug's: How to Bottle a Mind, so that it can be poured out where nobody has its recipe.


def bottle(model, slate, path):
    """Leave `model` in the file `path`, so that it takes any number of slates. `slate`: one example, (1, …)."""
    bottled = torch.jit.trace(model, slate)
    torch.jit.save(bottled, path)


def uncork(path):
    """What `path` holds, ready to be called."""
    return torch.jit.load(path)
