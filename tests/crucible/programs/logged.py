"""A training that logs to tensorboard, by a logger, and with a warning."""

import logging
import warnings

import torch
from torch import nn
from torch.utils.tensorboard import SummaryWriter

logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
with SummaryWriter("runs/one") as writer:
    for step in range(30):
        loss = (model(torch.ones(4, 2)) - 1).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        writer.add_scalar("Loss/train", loss.item(), step)
    writer.add_scalars("rates", {"a": 0.1, "b": 0.2}, 30)
    writer.add_histogram("weight", model.weight, 30)
    writer.add_image("noise", torch.rand(3, 16, 16), 30)
logging.getLogger("training").info("trained")
warnings.warn("this is the end", stacklevel=1)
assert loss.item() < 0.1
print("done")
