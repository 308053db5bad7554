"""Nested tqdm bars around a training."""

import torch
from torch import nn
from tqdm import tqdm, trange

model = nn.Linear(3, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
for epoch in trange(3, desc="epochs"):
    bar = tqdm(range(40), desc=f"epoch {epoch}", leave=False, mininterval=0)
    for _ in bar:
        loss = model(torch.randn(16, 3)).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        bar.set_postfix(loss=f"{loss.item():.3f}")
print("done")
