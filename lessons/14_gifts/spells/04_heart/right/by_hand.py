import torch
import torch.nn.functional as F
from torch import nn


def set_heart(model, x, y, steps, lr):
    """Teach the last layer of a Sequential, and nothing else of it. Gives the losses; leaves the model as it was."""
    was = model.training
    model.train(False)
    losses = []
    weights = [p for p in model[-1].parameters()]
    for step in range(steps):
        loss = nn.CrossEntropyLoss()(model[-1](model[:-1](x).detach()), y)
        slopes = torch.autograd.grad(loss, weights)
        with torch.no_grad():
            for weight, slope in zip(weights, slopes):
                weight -= lr * slope
        losses.append(loss.item())
    model.train(was)
    return losses


torch.manual_seed(0)
heart = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), nn.Linear(144, 3))
before = {name: entry.clone() for name, entry in heart.state_dict().items()}
slips, kinds = torch.rand(12, 1, 8, 8), torch.arange(12) % 3
losses = set_heart(heart, slips, kinds, 40, 0.1)
print(f"loss {losses[0]:.2f} to {losses[-1]:.2f}")
for name, entry in heart.state_dict().items():
    print(f"{name:22}", "still" if torch.equal(entry, before[name]) else "stirred")
