import torch
from torch import nn


def two_rates(model, body_lr, head_lr):
    """Thaw all of a Sequential; an Adam that moves the last layer by head_lr and the rest by body_lr."""
    groups = []
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(True)
        mine = name.split(".")[0] == str(len(model) - 1)
        groups.append({"params": [parameter], "lr": head_lr if mine else body_lr})
    return torch.optim.Adam(groups)


def by_depth(model, lr, factor):
    """Thaw all; an Adam by which the last layer that learns moves by lr, and each before it by factor times the next."""
    groups, rate = [], lr
    for i in range(len(model) - 1, -1, -1):
        own = list(model[i].requires_grad_(True).parameters())
        groups += [{"params": [p], "lr": rate} for p in own]
        rate = rate * factor if own else rate
    return torch.optim.Adam(groups, lr=lr)


lion = nn.Sequential(nn.Linear(4, 8), nn.LayerNorm(8), nn.ReLU(), nn.Linear(8, 3)).requires_grad_(False)
for group in two_rates(lion, 1e-4, 1e-2).param_groups:
    print(f"{group['lr']:g}: {sum(p.numel() for p in group['params'])} numbers")
for group in by_depth(lion, 1e-2, 0.1).param_groups:
    print(f"{group['lr']:g}: {sum(p.numel() for p in group['params'])} numbers")
