"""Save and load a training in the middle: the second half gives the same numbers, to the bit."""

import torch
from torch import nn
from torch.utils.checkpoint import checkpoint


def make():
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(6, 12), nn.Tanh(), nn.Linear(12, 1))
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    return model, optimizer, torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 20)


def steps(model, optimizer, scheduler, count):
    losses = []
    for _ in range(count):
        optimizer.zero_grad()
        hidden = checkpoint(model[:2], x, use_reentrant=False)
        loss = (model[2](hidden) - y).square().mean()
        loss.backward()
        optimizer.step()
        scheduler.step()
        losses.append(loss.item())
    return losses


x, y = torch.randn(16, 6), torch.randn(16, 1)
first = make()
steps(*first, 10)
names = ("model", "optimizer", "scheduler")
state = {name: part.state_dict() for name, part in zip(names, first, strict=True)}
torch.save(state, "checkpoint.pt")
went_on = steps(*first, 10)
second = make()
loaded = torch.load("checkpoint.pt", weights_only=True)
for name, part in zip(names, second, strict=True):
    part.load_state_dict(loaded[name])
assert steps(*second, 10) == went_on
print("done")
