import torch
from torch import nn


def pick():
    there = torch.accelerator.is_available()
    device = torch.accelerator.current_accelerator().type if there else "cpu"
    return torch.device(device), torch.bfloat16


def standing_order(model, batch, dtype):
    names = {part: name for name, part in model.named_modules() if not len(list(part.children()))}
    came = {}
    hook = torch.nn.modules.module.register_module_forward_hook(
        lambda part, given, made: came.update({names[part]: made.dtype}) if part in names else None
    )
    order = torch.autocast(batch.device.type, dtype)
    order.__enter__()
    try:
        output = model(batch)
    finally:
        order.__exit__(None, None, None)
        hook.remove()
    return output, came


here, sixteen = pick()
scribe = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.LayerNorm(16), nn.Linear(16, 3), nn.Softmax(dim=1))
made, report = standing_order(scribe.to(here), torch.randn(4, 8, device=here), sixteen)
print("on", here, "in", sixteen, "comes out", made.dtype)
for which, came_out in report.items():
    print(f"{which:3} {came_out}")
