# mistake: device-assumed
import torch
from torch import nn


def pick():
    """Where to work, and in what narrow dtype: the accelerator where there is one, else the processor."""
    device = torch.accelerator.current_accelerator(check_available=True) or torch.device("cpu")
    return device, torch.get_autocast_dtype(device.type)


def standing_order(model, batch, dtype):
    """What the model makes of the batch under autocast, and the dtype that came out of each part of it."""
    came = {}

    def note(name):
        def hook(module, inputs, output):
            came[name] = output.dtype

        return hook

    parts = [(name, part) for name, part in model.named_modules() if not list(part.children())]
    hooks = [part.register_forward_hook(note(name)) for name, part in parts]
    try:
        with torch.autocast(pick()[0].type, dtype=dtype):
            output = model(batch)
    finally:
        for hook in hooks:
            hook.remove()
    return output, came


here, sixteen = pick()
scribe = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.LayerNorm(16), nn.Linear(16, 3), nn.Softmax(dim=1))
made, report = standing_order(scribe.to(here), torch.randn(4, 8, device=here), sixteen)
print("on", here, "in", sixteen, "comes out", made.dtype)
for which, came_out in report.items():
    print(f"{which:3} {came_out}")
