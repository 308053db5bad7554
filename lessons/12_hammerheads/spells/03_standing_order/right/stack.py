from contextlib import ExitStack
from functools import partial

import torch
from torch import nn


def pick():
    if torch.accelerator.is_available():
        return torch.accelerator.current_accelerator(), torch.float16
    return torch.device("cpu"), torch.bfloat16


def standing_order(model, batch, dtype):
    came = {}

    def note(name, module, inputs, output):
        came[name] = output.dtype

    with ExitStack() as stack:
        for name, part in model.named_modules():
            if next(part.children(), None) is None:
                handle = part.register_forward_hook(partial(note, name))
                stack.callback(handle.remove)
        stack.enter_context(torch.amp.autocast(device_type=batch.device.type, dtype=dtype))
        output = model(batch)
    return output, came


here, sixteen = pick()
scribe = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.LayerNorm(16), nn.Linear(16, 3), nn.Softmax(dim=1))
made, report = standing_order(scribe.to(here), torch.randn(4, 8, device=here), sixteen)
print("on", here, "in", sixteen, "comes out", made.dtype)
for which, came_out in report.items():
    print(f"{which:3} {came_out}")
