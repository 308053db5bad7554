import torch
import torch.nn.functional as F
from torch import nn


def make_scaler(device_type, dtype):
    return torch.amp.GradScaler(device_type, init_scale=2.0**12, enabled=(dtype != torch.bfloat16))


def step(model, optimizer, scaler, x, y, max_norm, dtype):
    def forward():
        return F.mse_loss(model(x), y)

    loss = torch.autocast(x.device.type, dtype)(forward)()
    parameters = [p for group in optimizer.param_groups for p in group["params"]]
    scaler.scale(loss).backward()
    scaler.unscale_(optimizer)
    torch.nn.utils.clip_grad_norm_(parameters, max_norm)
    scaler.step(optimizer)
    scaler.update()
    for p in parameters:
        p.grad = None
    return loss.detach().item()


hammer = nn.Linear(4, 1)
strokes, wanted = torch.randn(32, 4), torch.randn(32, 1)
keeper = make_scaler("cpu", torch.float16)
swing = torch.optim.SGD(hammer.parameters(), lr=0.1)
for turn in range(5):
    miss = step(hammer, swing, keeper, strokes, wanted, 1.0, torch.float16)
    print(f"turn {turn}: off by {miss:.4f}; an order in force: {torch.is_autocast_enabled('cpu')}")
