from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save


def fire(state, path, notes):
    words = dict(zip(map(str, notes), map(str, notes.values()), strict=True))
    Path(path).write_bytes(save({n: t.detach().cpu().contiguous().clone() for n, t in state.items()}, words or None))


def label(path):
    tile = safe_open(path, framework="pt")
    with tile as open_tile:
        pieces = [(name, open_tile.get_slice(name)) for name in sorted(open_tile.keys())]
        return open_tile.metadata() or {}, {n: (p.get_dtype(), list(p.get_shape())) for n, p in pieces}


def one(path, name):
    with safe_open(path, framework="pt") as tile:
        piece = tile.get_slice(name)
        return piece[:] if piece.get_shape() else tile.get_tensor(name)


reader = torch.load("gates.pt", weights_only=True)
fire(reader, "china.safetensors", {"what": "reads digits, 8 by 8", "classes": 10})
notes, parts = label("china.safetensors")
print(*sorted(notes.items()))
for name, (kind, shape) in parts.items():
    print(f"{name:22}", kind, shape)
print(one("china.safetensors", "0.bias"))
