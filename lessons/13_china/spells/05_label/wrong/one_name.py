# mistake: one-name-lost
import torch
from safetensors import safe_open
from safetensors.torch import save_file


def fire(state, path, notes):
    """Fires `state`, tensors by name, into a safetensors file, with `notes` on the label."""
    seen, parts = set(), {}
    for name, part in state.items():
        if not part.numel() or part.data_ptr() not in seen:
            parts[name] = part.detach().contiguous().clone()
        seen.add(part.data_ptr())
    save_file(parts, path, metadata={str(key): str(note) for key, note in notes.items()})


def label(path):
    """The notes and, by name, kind and shape of every tensor: `("F32", (3, 4))`. No tensor is read."""
    with safe_open(path, framework="pt") as tile:
        slices = {name: tile.get_slice(name) for name in tile.keys()}
        parts = {name: (part.get_dtype(), tuple(part.get_shape())) for name, part in slices.items()}
        return dict(tile.metadata() or {}), parts


def one(path, name):
    """The tensor of that name, and no other."""
    with safe_open(path, framework="pt") as tile:
        return tile.get_tensor(name)


reader = torch.load("gates.pt", weights_only=True)
fire(reader, "china.safetensors", {"what": "reads digits, 8 by 8", "classes": 10})
notes, parts = label("china.safetensors")
print(*sorted(notes.items()))
for name, (kind, shape) in parts.items():
    print(f"{name:22}", kind, shape)
print(one("china.safetensors", "0.bias"))
