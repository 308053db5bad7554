# mistake: trusting
import torch
from works import box, cow


def fetch(path):
    """What lies in the file, by name: on the processor, wherever it was saved, and without `module.` in front."""
    state = torch.load(path, map_location="cpu", weights_only=False)
    return {name.removeprefix("module."): part for name, part in state.items()}


def fit(model, state, exact=True):
    """Puts into `model` what fits, by name and shape; gives the names that stayed as they were and those left over."""
    own = model.state_dict()
    fits = {name: part for name, part in state.items() if name in own and part.shape == own[name].shape}
    stayed = sorted(own.keys() - fits.keys())
    left_over = sorted(state.keys() - fits.keys())
    if exact and (stayed or left_over):  # before anything is touched: half a cow is no cow
        raise ValueError(f"stayed as they were: {stayed}; left over: {left_over}")
    model.load_state_dict(fits, strict=False)
    return stayed, left_over


box("box.pt")
daisy = cow()
state = fetch("box.pt")
print(len(state), "parts in the box")
stayed, left_over = fit(daisy, state, exact=False)
print("stayed as they were:", stayed)
print("left in the straw  :", left_over)
