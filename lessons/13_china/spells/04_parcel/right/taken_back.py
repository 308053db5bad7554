from pathlib import Path

import torch
from post import Recipe, deliver


def asks_for(path):
    return sorted(set(torch.serialization.get_unsafe_globals_in_checkpoint(path)))


def open_parcel(path, known=()):
    gate = torch.serialization
    before = gate.get_safe_globals()
    gate.add_safe_globals(list(known))
    try:
        return torch.load(path, map_location="cpu", weights_only=True)
    finally:
        gate.clear_safe_globals()
        gate.add_safe_globals(before)


deliver()
for path, known in (("honest.pt", ()), ("cousin.pt", (Recipe,)), ("ribbon.pt", ())):
    try:
        print(path, asks_for(path), list(open_parcel(path, known)))
    except Exception as error:
        print(path, "stays shut:", type(error).__name__)
print("the church is", Path("church.txt").read_text())
