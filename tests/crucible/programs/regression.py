"""Fit a polynomial: modules, a loss, an optimizer, a scheduler."""

import math

import torch
from torch import nn

x = torch.linspace(-math.pi, math.pi, 500)
y = torch.sin(x)
features = x.unsqueeze(-1).pow(torch.tensor([1, 2, 3]))
model = nn.Sequential(nn.Linear(3, 1), nn.Flatten(0, 1))
loss_fn = nn.MSELoss()
optimizer = torch.optim.RMSprop(model.parameters(), lr=1e-2)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=200, gamma=0.5)
for t in range(600):
    loss = loss_fn(model(features), y)
    if t % 200 == 0:
        print(t, round(loss.item(), 3))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    scheduler.step()
assert loss.item() < 0.1, loss.item()
assert scheduler.get_last_lr()[0] < 2e-3
print("done")
