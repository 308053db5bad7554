# mistake: first-number
import torch
from torch import nn


def shelf(forward, owned=()):
    seen = {tensor.data_ptr() for tensor in owned}
    total = 0

    def pack(tensor):
        nonlocal total
        if tensor.data_ptr() not in seen:
            seen.add(tensor.data_ptr())
            total += tensor.untyped_storage().nbytes()
        return tensor

    def unpack(tensor):
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, unpack):
        made = forward()
    return made, total


def lighter(model, batch, dtype):
    owned = [*model.parameters(), batch]
    _, wide = shelf(lambda: model(batch), owned)
    with torch.autocast(batch.device.type, dtype=dtype):
        _, narrow = shelf(lambda: model(batch), owned)
    return narrow / wide
