import torch
import torch.nn.functional as F
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


def brains(state, x, y, kinds):
    """A frame on the eyes of `state`, which keep still, and a head that has learned the examples x, y."""
    model = frame(kinds)
    model.load_state_dict({name: entry for name, entry in state.items() if not name.startswith("9.")}, strict=False)
    model.eval()
    head = model[9]
    # The body is not to be taught, and says the same every time: ask it once, and teach the head alone.
    with torch.no_grad():
        seen = model[:9](x)
    optimizer = torch.optim.Adam(head.parameters(), lr=1e-2)
    for step in range(200):
        loss = F.cross_entropy(head(seen), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


def from_nothing(x, y, kinds):
    """The same frame, begun out of the bag: all of it learns from the same examples, as well as it can."""
    model = frame(kinds)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    model.train()
    for step in range(100):
        loss = F.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model.eval()


def share(model, x, y):
    """The share that goes into the right drawer."""
    with torch.no_grad():
        return (model(x).argmax(dim=1) == y).float().mean().item()


cabinet = torch.load("one_look.pt", weights_only=True)
x, y = cabinet["pictures"][:, None] / 255, cabinet["drawers"]  # ten slips, one of each
more_x, more_y = cabinet["more_pictures"][:, None] / 255, cabinet["more_drawers"]
slip_images = x

print(f"from nothing  {share(from_nothing(x, y, 10), more_x, more_y):.2f}")
print(f"borrowed eyes {share(brains(torch.load('gates.pt', weights_only=True), x, y, 10), more_x, more_y):.2f}")
