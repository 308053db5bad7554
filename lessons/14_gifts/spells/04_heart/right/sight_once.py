import torch
import torch.nn.functional as F
from torch import nn


def set_heart(model, x, y, steps, lr):
    """Teach the last layer of a Sequential, and nothing else of it. Gives the losses; leaves the model as it was."""
    modes = {part: part.training for part in model.modules()}
    model.eval()
    with torch.no_grad():
        seen = model[:-1](x)
    head = nn.Linear(model[-1].in_features, model[-1].out_features)
    head.load_state_dict(model[-1].state_dict())
    optimizer = torch.optim.SGD(head.parameters(), lr=lr, momentum=0.9, weight_decay=0.01)
    losses = []
    for step in range(steps):
        loss = F.cross_entropy(head(seen), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(float(loss))
    model[-1].load_state_dict(head.state_dict())
    for part, training in modes.items():
        part.training = training
    return losses


torch.manual_seed(0)
heart = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), nn.Linear(144, 3))
before = {name: entry.clone() for name, entry in heart.state_dict().items()}
slips, kinds = torch.rand(12, 1, 8, 8), torch.arange(12) % 3
losses = set_heart(heart, slips, kinds, 40, 0.1)
print(f"loss {losses[0]:.2f} to {losses[-1]:.2f}")
for name, entry in heart.state_dict().items():
    print(f"{name:22}", "still" if torch.equal(entry, before[name]) else "stirred")
