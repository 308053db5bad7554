import torch
from works import box, cow


def fetch(path):
    state = torch.load(path, map_location=lambda storage, where: storage, weights_only=True)
    torch.nn.modules.utils.consume_prefix_in_state_dict_if_present(state, "module.")
    return state


def fit(model, state, exact=True):
    own = {**model.state_dict()}
    good = {n for n, p in own.items() if n in state and p.size() == state[n].size()}
    stayed, over = sorted(set(own) - good), sorted(set(state) - good)
    if exact:
        if stayed or over:
            raise RuntimeError("it does not fit")
    model.load_state_dict({n: state[n] if n in good else own[n] for n in own})
    return stayed, over


box("box.pt")
daisy = cow()
stayed, left_over = fit(daisy, fetch("box.pt"), exact=False)
print("stayed as they were:", stayed)
print("left in the straw  :", left_over)
