# mistake: as-it-comes
from pathlib import Path

import torch
from post import Recipe, deliver
from torch.serialization import get_unsafe_globals_in_checkpoint, safe_globals


def asks_for(path):
    """The names of all that the parcel would call or make, beside tensors and plain values; nothing is run."""
    return sorted(get_unsafe_globals_in_checkpoint(path), reverse=True)


def open_parcel(path, known=()):
    """What is in the parcel, if there is nothing in it but tensors, plain values and the classes in `known`."""
    with safe_globals(list(known)):  # for this one parcel, and not for the whole gate
        return torch.load(path, weights_only=True)


deliver()
for path, known in (("honest.pt", ()), ("cousin.pt", (Recipe,)), ("ribbon.pt", ())):
    try:
        print(path, "asks for", asks_for(path), "and has in it", list(open_parcel(path, known)))
    except Exception as error:
        print(path, "stays shut:", type(error).__name__)
print("the church is", Path("church.txt").read_text())
