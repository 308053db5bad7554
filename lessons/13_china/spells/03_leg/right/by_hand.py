import torch
from works import box, cow


def fetch(path):
    state = torch.load(path, map_location=torch.device("cpu"))
    fetched = {}
    for name in state:
        short = name[len("module."):] if name.startswith("module.") else name
        fetched[short] = state[name]
    return fetched


def fit(model, state, exact=True):
    own = model.state_dict()
    stayed = [name for name in own if name not in state or state[name].shape != own[name].shape]
    over = [name for name in state if name not in own or state[name].shape != own[name].shape]
    if exact and stayed + over:
        raise KeyError(", ".join(stayed + over))
    with torch.no_grad():
        for name in own:
            if name not in stayed:
                own[name].copy_(state[name])  # the glass is the model itself
    return sorted(stayed), sorted(over)


box("box.pt")
daisy = cow()
stayed, left_over = fit(daisy, fetch("box.pt"), exact=False)
print("stayed as they were:", stayed)
print("left in the straw  :", left_over)
