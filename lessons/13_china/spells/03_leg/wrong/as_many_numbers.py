# mistake: size-mismatch
import torch
from works import box, cow


def fetch(path):
    state = torch.load(path, weights_only=True, map_location="cpu")
    return {name.removeprefix("module."): part for name, part in state.items()}


def fit(model, state, exact=True):
    own = model.state_dict()
    fits = {n: t for n, t in state.items() if n in own and own[n].numel() == t.numel()}
    stayed = sorted(set(own) - set(fits))
    left = sorted(set(state) - set(fits))
    if exact and (stayed or left):
        raise ValueError(f"stayed {stayed}, left {left}")
    model.load_state_dict(fits, strict=False)
    return stayed, left


box("box.pt")
daisy = cow()
state = fetch("box.pt")
print(len(state), "parts in the box")
stayed, left_over = fit(daisy, state, exact=False)
print("stayed as they were:", stayed)
print("left in the straw  :", left_over)
