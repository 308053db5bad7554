import torch
from torch import nn


def two_rates(model, body_lr, head_lr):
    """Thaw all of a Sequential; an Adam that moves the last layer by head_lr and the rest by body_lr."""
    model.requires_grad_(True)
    head = {id(p) for p in model[-1].parameters()}
    optimizer = torch.optim.Adam([p for p in model.parameters() if id(p) in head], lr=head_lr)
    rest = [p for p in model.parameters() if id(p) not in head]
    if rest:
        optimizer.add_param_group({"params": rest, "lr": body_lr})
    return optimizer


def by_depth(model, lr, factor):
    """Thaw all; an Adam by which the last layer that learns moves by lr, and each before it by factor times the next."""
    model.requires_grad_(True)
    optimizer = None
    for layer in list(model)[::-1]:
        if not list(layer.parameters()):
            continue
        if optimizer is None:
            optimizer = torch.optim.Adam(layer.parameters(), lr=lr)
        else:
            optimizer.add_param_group({"params": layer.parameters(), "lr": lr})
        lr *= factor
    return optimizer


lion = nn.Sequential(nn.Linear(4, 8), nn.LayerNorm(8), nn.ReLU(), nn.Linear(8, 3)).requires_grad_(False)
for group in two_rates(lion, 1e-4, 1e-2).param_groups:
    print(f"{group['lr']:g}: {sum(p.numel() for p in group['params'])} numbers")
for group in by_depth(lion, 1e-2, 0.1).param_groups:
    print(f"{group['lr']:g}: {sum(p.numel() for p in group['params'])} numbers")
