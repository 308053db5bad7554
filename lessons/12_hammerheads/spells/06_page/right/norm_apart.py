import torch
from torch import nn


def make_scaler(device_type, dtype):
    return torch.amp.GradScaler(device_type, enabled=dtype == torch.float16)


def step(model, optimizer, scaler, x, y, max_norm, dtype):
    order = torch.autocast(x.device.type, dtype=dtype)
    with order:
        prediction = model(x)
        loss = (prediction - y).square().mean()
    raised = scaler.scale(loss)
    model.zero_grad()
    raised.backward()
    scaler.unscale_(optimizer)
    norm = nn.utils.get_total_norm([p.grad for p in model.parameters()])
    nn.utils.clip_grads_with_norm_(model.parameters(), max_norm, norm)
    scaler.step(optimizer)
    scaler.update()
    return loss.item()


hammer = nn.Linear(4, 1)
strokes, wanted = torch.randn(32, 4), torch.randn(32, 1)
keeper = make_scaler("cpu", torch.float16)
swing = torch.optim.SGD(hammer.parameters(), lr=0.1)
for turn in range(5):
    miss = step(hammer, swing, keeper, strokes, wanted, 1.0, torch.float16)
    print(f"turn {turn}: off by {miss:.4f}; an order in force: {torch.is_autocast_enabled('cpu')}")
