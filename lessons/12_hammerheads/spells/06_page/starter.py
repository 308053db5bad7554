import torch
from torch import nn


def make_scaler(device_type, dtype):
    """A loss scaler for this kind of device: on for float16, off where there is no need of one."""
    return torch.cuda.amp.GradScaler()


def step(model, optimizer, scaler, x, y, max_norm, dtype):
    """One step in mixed precision, gradients clipped to max_norm. Gives the loss, a plain number."""
    torch.autocast("cuda", dtype=dtype).__enter__()
    optimizer.zero_grad()
    loss = scaler.scale(nn.functional.mse_loss(model(x), y))
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), max_norm)
    scaler.unscale_(optimizer)
    scaler.step(optimizer)
    return loss.item()


hammer = nn.Linear(4, 1)
strokes, wanted = torch.randn(32, 4), torch.randn(32, 1)
keeper = make_scaler("cpu", torch.float16)
swing = torch.optim.SGD(hammer.parameters(), lr=0.1)
for turn in range(5):
    miss = step(hammer, swing, keeper, strokes, wanted, 1.0, torch.float16)
    print(f"turn {turn}: off by {miss:.4f}; an order in force: {torch.is_autocast_enabled('cpu')}")
