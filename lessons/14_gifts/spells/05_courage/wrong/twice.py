# mistake: twice
import torch
from torch import nn


def two_rates(model, body_lr, head_lr):
    """Thaw all of a Sequential; an Adam that moves the last layer by head_lr and the rest by body_lr."""
    model.requires_grad_(True)
    return torch.optim.Adam(
        [
            {"params": list(model.parameters()), "lr": body_lr},
            {"params": list(model[-1].parameters()), "lr": head_lr},
        ]
    )


def by_depth(model, lr, factor):
    """Thaw all; an Adam by which the last layer that learns moves by lr, and each before it by factor times the next."""
    model.requires_grad_(True)
    groups = []
    for layer in reversed(list(model)):
        parameters = list(layer.parameters())
        if parameters:
            groups.append({"params": parameters, "lr": lr * factor ** len(groups)})
    return torch.optim.Adam(groups)


lion = nn.Sequential(nn.Linear(4, 8), nn.LayerNorm(8), nn.ReLU(), nn.Linear(8, 3)).requires_grad_(False)
for group in two_rates(lion, 1e-4, 1e-2).param_groups:
    print(f"{group['lr']:g}: {sum(p.numel() for p in group['params'])} numbers")
for group in by_depth(lion, 1e-2, 0.1).param_groups:
    print(f"{group['lr']:g}: {sum(p.numel() for p in group['params'])} numbers")
