# mistake: names-missing
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
    # The head of the state answers another question, even where it has the right size.
    body = {name: entry for name, entry in state.items() if not name.startswith("9.")}
    model.load_state_dict(body)
    model[:9].requires_grad_(False)
    return model.eval()


def sight(model, x):
    """What the body makes of slips (N, 1, 8, 8): (N, 128), nothing recorded, levels as remembered, mode as it was."""
    mode = model.training
    model.eval()
    with torch.no_grad():
        seen = model[:9](x)
    model.train(mode)
    return seen


mine = borrow(torch.load("gates.pt", weights_only=True), 4)
print("can learn:", [name for name, p in mine.named_parameters() if p.requires_grad])
seen = sight(mine, torch.rand(5, 1, 8, 8))
print("sees     :", tuple(seen.shape), "recorded" if seen.requires_grad else "not recorded")
