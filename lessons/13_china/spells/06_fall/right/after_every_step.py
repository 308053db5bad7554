import os

import torch
from mat import difference, life
from torch.nn.functional import cross_entropy


def train(model, optimizer, scheduler, x, y, epochs, path):
    """Saves after every step, so that a fall loses one step and no more."""
    state = {"losses": [], "order": None, "at": 0, "total": 0.0}
    if os.path.isfile(path):
        state, *parts, dice = torch.load(path, weights_only=True)
        for thing, part in zip((model, optimizer, scheduler), parts, strict=True):
            thing.load_state_dict(part)
        torch.set_rng_state(dice)

    def keep():
        things = [thing.state_dict() for thing in (model, optimizer, scheduler)]
        torch.save([state, *things, torch.get_rng_state()], path + ".tmp")
        os.replace(path + ".tmp", path)

    model.train()
    while len(state["losses"]) < epochs:
        if state["order"] is None:
            state["order"], state["at"], state["total"] = torch.randperm(len(x)), 0, 0.0
        rows = state["order"][state["at"] : state["at"] + 20]
        loss = cross_entropy(model(x[rows]), y[rows])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        state["at"] += len(rows)
        state["total"] += loss.item() * len(rows)
        if state["at"] == len(x):
            scheduler.step()
            state["losses"].append(state["total"] / len(x))
            state["order"] = None
        keep()
    return state["losses"]


whole = life(train, "whole.pt", 4, seed=13)
fallen = life(train, "china.pt", 4, seed=13, falls_after=23)
print("the process ended with", fallen.code)
mended = life(train, "china.pt", 4, seed=99)
print("differs by", difference(whole.value[1], mended.value[1]))
