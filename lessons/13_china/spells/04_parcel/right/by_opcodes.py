import pickletools
import zipfile
from pathlib import Path

import torch
from post import Recipe, deliver


def asks_for(path):
    """Reads the list by itself: names of strings, and where they are used as a global."""
    with zipfile.ZipFile(path) as bag:
        inner = next(name for name in bag.namelist() if name.endswith("data.pkl"))
        listed = bag.read(inner)
    found = {arg.replace(" ", ".") for op, arg, _ in pickletools.genops(listed) if op.name == "GLOBAL"}
    let_in = ("torch.", "collections.OrderedDict")
    found = {name.replace("__builtin__", "builtins") for name in found if not name.startswith(let_in)}
    return sorted(found)


def open_parcel(path, known=()):
    with open(path, "rb") as file, torch.serialization.safe_globals(list(known)):
        return torch.load(file, weights_only=True)


deliver()
for path, known in (("honest.pt", ()), ("cousin.pt", (Recipe,)), ("ribbon.pt", ())):
    try:
        print(path, asks_for(path), list(open_parcel(path, known)))
    except Exception as error:
        print(path, "stays shut:", type(error).__name__)
print("the church is", Path("church.txt").read_text())
