from pathlib import Path

import torch
from post import Recipe, deliver


def asks_for(path):
    names = torch.serialization.get_unsafe_globals_in_checkpoint(path)
    names.sort()
    return names


def open_parcel(path, known=()):
    if torch.serialization._is_zipfile(open(path, "rb")):
        strangers = set(asks_for(path)) - {f"{k.__module__}.{k.__qualname__}" for k in known}
        if strangers:
            raise PermissionError(f"{path} asks for {sorted(strangers)}")
    with torch.serialization.safe_globals([*known]):
        return torch.load(path)


deliver()
for path, known in (("honest.pt", ()), ("cousin.pt", (Recipe,)), ("ribbon.pt", ())):
    try:
        print(path, asks_for(path), list(open_parcel(path, known)))
    except Exception as error:
        print(path, "stays shut:", type(error).__name__)
print("the church is", Path("church.txt").read_text())
