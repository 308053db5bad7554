# mistake: no-order
import time

import torch
from sklearn.datasets import load_digits
from torch import nn


def make_reader():
    """Reads slates of 8 by 8, in chalk from 0 to 1: ten numbers for each, one for every digit."""
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1),
        nn.BatchNorm2d(16),
        nn.ReLU(),
        nn.Conv2d(16, 32, 3, padding=1),
        nn.BatchNorm2d(32),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(512, 10),
    )


def pick():
    """Where to work, and in what narrow dtype: the accelerator where there is one, else the processor."""
    device = torch.accelerator.current_accelerator(check_available=True) or torch.device("cpu")
    return device, torch.get_autocast_dtype(device.type)


def train(model, x, y, dtype, max_norm=1.0, epochs=1):
    """Trains the reader in mixed precision, on the device it is on."""
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    scaler = torch.amp.GradScaler(x.device.type, enabled=dtype == torch.float16)
    model.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(x), device=x.device).split(32):
            optimizer.zero_grad()
            with torch.autocast("cuda", dtype=dtype):
                loss = nn.functional.cross_entropy(model(x[rows]), y[rows])
            scaler.scale(loss).backward()
            scaler.unscale_(optimizer)
            nn.utils.clip_grad_norm_(model.parameters(), max_norm)
            scaler.step(optimizer)
            scaler.update()


def accuracy(model, x, y):
    """The share of slates that the model reads right."""
    model.eval()
    with torch.no_grad():
        return (model(x).argmax(dim=1) == y).float().mean().item()


def clock(model, x, y, dtype, turns):
    """Seconds for a thousand ways there and back, wide (dtype None) or under autocast."""

    def there_and_back():
        with torch.autocast(x.device.type, dtype=dtype, enabled=dtype is not None):
            loss = nn.functional.cross_entropy(model(x), y)
        torch.autograd.grad(loss, list(model.parameters()))
        if x.device.type != "cpu":
            torch.accelerator.synchronize()  # an accelerator answers before it is done

    there_and_back()  # the first time is never the usual one
    began = time.perf_counter()
    for _ in range(turns):
        there_and_back()
    return (time.perf_counter() - began) / turns * 1000


here, sixteen = pick()
slates = load_digits()
chalk = torch.tensor(slates.images / 16, dtype=torch.float32, device=here).unsqueeze(1)
digits = torch.tensor(slates.target, device=here)
order = torch.randperm(len(chalk), generator=torch.Generator().manual_seed(12)).to(here)
learn, held_out = order[:1437], order[1437:]

scribe = make_reader().to(here)
train(scribe, chalk[learn], digits[learn], sixteen)
share = accuracy(scribe, chalk[held_out], digits[held_out])
print("reads at least 96 of 100 that it has not seen:", share >= 0.96)
torch.save({name: value.cpu() for name, value in scribe.state_dict().items()}, "reader.pt")

print("on this machine, for a thousand times there and back:")
for many in (8,):
    wide = clock(scribe, chalk[:many], digits[:many], None, 1)
    narrow = clock(scribe, chalk[:many], digits[:many], sixteen, 1)
    print(f"{many:4} slates at a time: {wide:.2f} s wide, {narrow:.2f} s narrow")
