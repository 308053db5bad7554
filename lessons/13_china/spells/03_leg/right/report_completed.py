import torch
from works import box, cow


def fetch(path):
    state = torch.load(path, "cpu", weights_only=True)
    return {n.removeprefix("module."): t for n, t in state.items()}


def fit(model, state, exact=True):
    shapes = {name: part.shape for name, part in model.state_dict().items()}
    wrong = {name for name in state if name in shapes and state[name].shape != shapes[name]}
    if exact and (wrong or shapes.keys() != state.keys()):
        raise ValueError("half a cow is no cow")
    report = model.load_state_dict({n: t for n, t in state.items() if n not in wrong}, strict=False)
    return sorted(report.missing_keys), sorted({*report.unexpected_keys, *wrong})


box("box.pt")
daisy = cow()
stayed, left_over = fit(daisy, fetch("box.pt"), exact=False)
print("stayed as they were:", stayed)
print("left in the straw  :", left_over)
