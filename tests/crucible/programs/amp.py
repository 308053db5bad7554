"""Mixed precision on the CPU: bfloat16 autocast, a gradient scaler, accumulation and clipping."""

import torch
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(16, 32), nn.ReLU(), nn.Linear(32, 4))
optimizer = torch.optim.AdamW(
    [{"params": model[0].parameters()}, {"params": model[2].parameters(), "lr": 5e-3}], lr=1e-2
)
scaler = torch.amp.GradScaler("cpu", init_scale=2.0**10)
x, y = torch.randn(64, 16), torch.randint(0, 4, (64,))
losses = []
for step in range(400):
    for part in range(2):
        rows = slice(part * 32, part * 32 + 32)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            out = model(x[rows])
            loss = nn.functional.cross_entropy(out.float(), y[rows])
        assert out.dtype is torch.bfloat16
        if step == 5:
            loss = loss * float("inf")  # this step is to be skipped
        scaler.scale(loss / 2).backward()
    scaler.unscale_(optimizer)
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    before = model[0].weight.detach().clone()
    scaler.step(optimizer)
    scaler.update()
    assert torch.equal(before, model[0].weight) == (step == 5)
    optimizer.zero_grad()
    losses.append(loss.item())
assert losses[-1] < losses[0] / 2, losses
print("done")
