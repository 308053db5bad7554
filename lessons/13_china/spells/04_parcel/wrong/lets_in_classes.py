# mistake: lets-in-all
from pathlib import Path

import torch
from post import Recipe, deliver
from torch.serialization import get_unsafe_globals_in_checkpoint, safe_globals


def asks_for(path):
    """The names of all that the parcel would call or make, beside tensors and plain values; nothing is run."""
    return sorted(get_unsafe_globals_in_checkpoint(path))


def open_parcel(path, known=()):
    """What is in the parcel, if there is nothing in it but tensors, plain values and the classes in `known`."""
    import importlib

    asked = [name.rpartition(".") for name in get_unsafe_globals_in_checkpoint(path)]
    found = [getattr(importlib.import_module(where), what) for where, _, what in asked]
    with safe_globals([kind for kind in found if isinstance(kind, type)]):
        return torch.load(path, weights_only=True)


deliver()
for path, known in (("honest.pt", ()), ("cousin.pt", (Recipe,)), ("ribbon.pt", ())):
    try:
        print(path, "asks for", asks_for(path), "and has in it", list(open_parcel(path, known)))
    except Exception as error:
        print(path, "stays shut:", type(error).__name__)
print("the church is", Path("church.txt").read_text())
