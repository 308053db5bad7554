# mistake: trusting
import os

import torch
from mat import difference, life
from torch.nn.functional import cross_entropy


def train(model, optimizer, scheduler, x, y, epochs, path):
    """Trains for so many epochs in all; gives the mean loss of each, from the very first.

    After every epoch a checkpoint lies at `path`. Where one lies there to begin with, it goes on from that.
    """
    losses = []
    if os.path.exists(path):
        kept = torch.load(path, weights_only=False)
        model.load_state_dict(kept["model"])
        optimizer.load_state_dict(kept["optimizer"])
        scheduler.load_state_dict(kept["scheduler"])
        torch.set_rng_state(kept["dice"])
        losses = kept["losses"]
    model.train()
    for _ in range(len(losses), epochs):
        total = 0.0
        for rows in torch.randperm(len(x)).split(20):
            loss = cross_entropy(model(x[rows]), y[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        scheduler.step()
        losses.append(total / len(x))
        kept = {
            "model": model.state_dict(),
            "optimizer": optimizer.state_dict(),
            "scheduler": scheduler.state_dict(),
            "dice": torch.get_rng_state(),
            "losses": losses,
        }
        torch.save(kept, f"{path}.part")
        os.replace(f"{path}.part", path)  # at once or not at all: at `path` nothing is ever half written
    return losses


whole = life(train, "whole.pt", 4, seed=13)
fallen = life(train, "china.pt", 4, seed=13, falls_after=23)
print("the process ended with", fallen.code)
mended = life(train, "china.pt", 4, seed=99)
print("days told of:", len(mended.value[0]))
print("the one that fell differs from the one that did not by", difference(whole.value[1], mended.value[1]))
