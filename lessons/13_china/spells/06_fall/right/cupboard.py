from pathlib import Path

import torch
from mat import difference, life
from torch.nn.functional import cross_entropy


class Cupboard:
    """One shelf for each thing that a day ends with."""

    def __init__(self, path, **things):
        self.path, self.things = Path(path), things

    def put(self, days):
        shelves = {name: thing.state_dict() for name, thing in self.things.items()}
        aside = self.path.with_suffix(".new")
        torch.save((shelves, torch.random.get_rng_state(), days), aside)
        aside.replace(self.path)

    def take(self):
        if not self.path.exists():
            return []
        shelves, dice, days = torch.load(self.path, weights_only=True, map_location="cpu")
        for name, thing in self.things.items():
            thing.load_state_dict(shelves[name])
        torch.random.set_rng_state(dice)
        return list(days)


def train(model, optimizer, scheduler, x, y, epochs, path):
    cupboard = Cupboard(path, model=model, optimizer=optimizer, scheduler=scheduler)
    days = cupboard.take()
    model.train()
    while len(days) < epochs:
        losses = []
        for rows in torch.randperm(len(x)).split(20):
            optimizer.zero_grad()
            loss = cross_entropy(model(x[rows]), y[rows])
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        scheduler.step()
        days.append(sum(losses) / len(losses))
        cupboard.put(days)
    return days


whole = life(train, "whole.pt", 4, seed=13)
fallen = life(train, "china.pt", 4, seed=13, falls_after=23)
print("the process ended with", fallen.code)
mended = life(train, "china.pt", 4, seed=99)
print("differs by", difference(whole.value[1], mended.value[1]))
