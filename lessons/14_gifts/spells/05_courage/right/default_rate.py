import torch
from torch import nn


def two_rates(model, body_lr, head_lr):
    """Thaw all of a Sequential; an Adam that moves the last layer by head_lr and the rest by body_lr."""
    for parameter in model.parameters():
        parameter.requires_grad = True
    groups = [{"params": model[:-1].parameters(), "lr": body_lr}, {"params": model[-1].parameters()}]
    return torch.optim.Adam(groups, lr=head_lr)


def by_depth(model, lr, factor):
    """Thaw all; an Adam by which the last layer that learns moves by lr, and each before it by factor times the next."""
    for parameter in model.parameters():
        parameter.requires_grad = True
    layers = [layer for layer in model if any(True for _ in layer.parameters())]
    depth = len(layers) - 1
    return torch.optim.Adam(
        [{"params": layer.parameters(), "lr": lr * factor ** (depth - i)} for i, layer in enumerate(layers)]
    )


lion = nn.Sequential(nn.Linear(4, 8), nn.LayerNorm(8), nn.ReLU(), nn.Linear(8, 3)).requires_grad_(False)
for group in two_rates(lion, 1e-4, 1e-2).param_groups:
    print(f"{group['lr']:g}: {sum(p.numel() for p in group['params'])} numbers")
for group in by_depth(lion, 1e-2, 0.1).param_groups:
    print(f"{group['lr']:g}: {sum(p.numel() for p in group['params'])} numbers")
