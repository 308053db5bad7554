# mistake: too-bold
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


def dare(state, x, y, kinds):
    """A frame that begins with the eyes of `state`, and learns from the examples x, y with all of itself; in eval mode."""
    model = frame(kinds)
    model.load_state_dict({name: entry for name, entry in state.items() if not name.startswith("9.")}, strict=False)
    # The head knows nothing and takes long steps. The eyes know much, and take short ones.
    optimizer = torch.optim.Adam(
        [{"params": model[:9].parameters(), "lr": 5e-2}, {"params": model[9].parameters(), "lr": 5e-2}]
    )
    # In training mode: the levels were those of daylight, and have to learn the dark.
    model.train()
    for step in range(100):
        loss = F.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model.eval()


def share(model, x, y):
    """The share that is read right."""
    with torch.no_grad():
        return (model(x).argmax(dim=1) == y).float().mean().item()


state = torch.load("gates.pt", weights_only=True)
room = torch.load("dark.pt", weights_only=True)
x, numbers = room["pictures"][:, None] / 255, room["numbers"]  # thirty slips in the dark, three of each number
more_x, more_numbers = room["more_pictures"][:, None] / 255, room["more_numbers"]
dark_images = x[:6]

by_day = frame(10)
by_day.load_state_dict(state)
print(f"the eyes of the gate, in the dark: {share(by_day.eval(), more_x, more_numbers):.2f}")

model = dare(state, x, numbers, 10)
print(f"the same, having dared           : {share(model, more_x, more_numbers):.2f}")
torch.save(model.state_dict(), "gifts.pt")
