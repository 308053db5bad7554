import torch
from torch import nn


def frame(kinds):
    """The network on the gate, with nothing learned in it, and a head for so many kinds."""
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1),
        nn.BatchNorm2d(16),
        nn.ReLU(),
        nn.AvgPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1),
        nn.BatchNorm2d(32),
        nn.ReLU(),
        nn.AvgPool2d(2),
        nn.Flatten(),
        nn.Linear(128, kinds),
    )


def borrow(state, kinds):
    """A frame that sees what `state` has learned to see, frozen, with a new head for `kinds`; in eval mode."""
    model = frame(kinds)
    with torch.no_grad():
        for name, entry in model.state_dict().items():
            if name.split(".")[0] != "9":
                entry.copy_(state[name])
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(name.startswith("9."))
    return model.eval()


def sight(model, x):
    """What the body makes of slips (N, 1, 8, 8): (N, 128), nothing recorded, levels as remembered, mode as it was."""
    mode, kept = model.training, []
    hook = model[8].register_forward_hook(lambda part, given, made: kept.append(made))
    with torch.no_grad():
        model.eval()(x)
    hook.remove()
    model.train(mode)
    return kept[0]


mine = borrow(torch.load("gates.pt", weights_only=True), 4)
print("can learn:", [name for name, p in mine.named_parameters() if p.requires_grad])
seen = sight(mine, torch.rand(5, 1, 8, 8))
print("sees     :", tuple(seen.shape), "recorded" if seen.requires_grad else "not recorded")
