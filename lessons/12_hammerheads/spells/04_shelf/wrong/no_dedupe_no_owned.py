# mistake: counted-twice
import torch
from torch import nn


def shelf(forward, owned=()):
    """What forward() gives, and how many bytes it laid by for the way back, besides what is in owned."""
    # What is saved is known by its storage: one and the same memory may come by several times, as
    # several tensors, and it is the whole storage that is kept alive, however little of it a view shows.
    at_home = {tensor.untyped_storage().data_ptr() for tensor in owned}
    laid_by = {}

    def pack(tensor):
        storage = tensor.untyped_storage()
        laid_by[len(laid_by)] = storage.nbytes()
        return tensor.detach()  # goes on holding the memory, so that the address is not given out again

    def unpack(tensor):
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, unpack):
        made = forward()
    return made, sum(size for place, size in laid_by.items() if place not in at_home)


def lighter(model, batch, dtype):
    """Bytes on the shelf under autocast, as a share of those without; model and batch not counted."""
    owned = [*model.parameters(), batch]

    def ordered():
        with torch.autocast(batch.device.type, dtype=dtype):
            return model(batch)

    _, wide = shelf(lambda: model(batch), owned)
    _, narrow = shelf(ordered, owned)
    return narrow / wide


carver = nn.Sequential(nn.Linear(64, 256), nn.Tanh(), nn.Linear(256, 256), nn.Tanh(), nn.Linear(256, 10))
stones = torch.randn(512, 64)
print(f"narrow, the shelf is {lighter(carver, stones, torch.bfloat16):.2f} as full as wide")
