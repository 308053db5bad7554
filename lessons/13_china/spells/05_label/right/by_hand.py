import json
import struct

import torch

NAMES = {
    torch.float32: "F32", torch.float64: "F64", torch.float16: "F16", torch.bfloat16: "BF16",
    torch.int64: "I64", torch.int32: "I32", torch.uint8: "U8", torch.bool: "BOOL",
}
KINDS = {name: kind for kind, name in NAMES.items()}


def fire(state, path, notes):
    header, clay = {}, bytearray()
    if notes:
        header["__metadata__"] = {str(key): str(note) for key, note in notes.items()}
    for name, part in state.items():
        piece = part.detach().contiguous().reshape(-1).view(torch.uint8).numpy().tobytes() if part.numel() else b""
        where = [len(clay), len(clay) + len(piece)]
        header[name] = {"dtype": NAMES[part.dtype], "shape": list(part.shape), "data_offsets": where}
        clay += piece
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as tile:
        tile.write(struct.pack("<Q", len(text)) + text + clay)


def header_of(tile):
    (length,) = struct.unpack("<Q", tile.read(8))
    return 8 + length, json.loads(tile.read(length))


def label(path):
    with open(path, "rb") as tile:
        _, header = header_of(tile)
    notes = header.pop("__metadata__", {})
    return notes, {name: (part["dtype"], tuple(part["shape"])) for name, part in header.items()}


def one(path, name):
    with open(path, "rb") as tile:
        start, header = header_of(tile)
        part = header[name]
        begin, end = part["data_offsets"]
        tile.seek(start + begin)
        clay = bytearray(tile.read(end - begin))
    kind = KINDS[part["dtype"]]
    if not clay:
        return torch.zeros(part["shape"], dtype=kind)
    return torch.frombuffer(clay, dtype=kind).reshape(part["shape"])


reader = torch.load("gates.pt", weights_only=True)
fire(reader, "china.safetensors", {"what": "reads digits, 8 by 8", "classes": 10})
notes, parts = label("china.safetensors")
print(*sorted(notes.items()))
for name, (kind, shape) in parts.items():
    print(f"{name:22}", kind, shape)
print(one("china.safetensors", "0.bias"))
