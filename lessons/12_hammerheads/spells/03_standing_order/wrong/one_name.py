# mistake: one-name
import torch


def pick():
    device = torch.accelerator.current_accelerator(check_available=True) or torch.device("cpu")
    return device, torch.get_autocast_dtype(device.type)


def standing_order(model, batch, dtype):
    came = {}
    hooks = []
    for name, part in model.named_modules():
        if not list(part.children()):

            def hook(module, inputs, output):
                came[name] = output.dtype

            hooks.append(part.register_forward_hook(hook))
    try:
        with torch.autocast(batch.device.type, dtype=dtype):
            return model(batch), came
    finally:
        for hook in hooks:
            hook.remove()
