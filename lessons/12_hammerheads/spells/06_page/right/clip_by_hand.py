import torch
from torch import nn


def make_scaler(device_type, dtype):
    if dtype is torch.float16:
        return torch.GradScaler(device=device_type)
    return torch.GradScaler(device=device_type, enabled=False)


def step(model, optimizer, scaler, x, y, max_norm, dtype):
    with torch.amp.autocast(device_type=x.device.type, dtype=dtype):
        made = model(x)
    loss = ((made.float() - y) ** 2).mean()
    optimizer.zero_grad(set_to_none=False)
    torch.autograd.backward(scaler.scale(loss))
    scaler.unscale_(optimizer)
    norm = torch.stack([p.grad.norm() for p in model.parameters() if p.grad is not None]).norm()
    for p in model.parameters():
        if p.grad is not None:
            p.grad *= torch.clamp(max_norm / (norm + 1e-6), max=1.0)
    scaler.step(optimizer)
    scaler.update()
    return float(loss)


hammer = nn.Linear(4, 1)
strokes, wanted = torch.randn(32, 4), torch.randn(32, 1)
keeper = make_scaler("cpu", torch.float16)
swing = torch.optim.SGD(hammer.parameters(), lr=0.1)
for turn in range(5):
    miss = step(hammer, swing, keeper, strokes, wanted, 1.0, torch.float16)
    print(f"turn {turn}: off by {miss:.4f}; an order in force: {torch.is_autocast_enabled('cpu')}")
