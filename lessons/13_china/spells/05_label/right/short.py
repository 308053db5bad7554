import safetensors
import torch
from safetensors.torch import save_file


def fire(state, path, notes):
    straight = {}
    for name, part in state.items():
        straight[name] = part.detach().clone(memory_format=torch.contiguous_format)
    save_file(straight, path, {f"{key}": f"{note}" for key, note in notes.items()})


def label(path):
    parts = {}
    with safetensors.safe_open(path, "pt") as tile:
        for name in tile.keys():
            piece = tile.get_slice(name)
            parts[name] = piece.get_dtype(), tuple(piece.get_shape())
        notes = tile.metadata()
    return notes if notes else {}, parts


def one(path, name):
    with safetensors.safe_open(path, "pt", device="cpu") as tile:
        return tile.get_tensor(name)


reader = torch.load("gates.pt", weights_only=True)
fire(reader, "china.safetensors", {"what": "reads digits, 8 by 8", "classes": 10})
notes, parts = label("china.safetensors")
print(*sorted(notes.items()))
for name, (kind, shape) in parts.items():
    print(f"{name:22}", kind, shape)
print(one("china.safetensors", "0.bias"))
