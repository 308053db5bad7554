import torch
from safetensors import safe_open
from safetensors.torch import save_file


def fire(state, path, notes):
    """Fires `state`, tensors by name, into a safetensors file, with `notes` on the label."""
    save_file(state, path)


def label(path):
    """The notes and, by name, kind and shape of every tensor: `("F32", (3, 4))`. No tensor is read."""
    return {}, {}


def one(path, name):
    """The tensor of that name, and no other."""
    return None


reader = torch.load("gates.pt", weights_only=True)
fire(reader, "china.safetensors", {"what": "reads digits, 8 by 8", "classes": 10})
notes, parts = label("china.safetensors")
print(*sorted(notes.items()))
for name, (kind, shape) in parts.items():
    print(f"{name:22}", kind, shape)
print(one("china.safetensors", "0.bias"))
