# mistake: gap
import os

import torch
from mat import difference, life
from torch.nn.functional import cross_entropy


def train(model, optimizer, scheduler, x, y, epochs, path):
    losses = []
    if os.path.exists(path):
        saved = torch.load(path, weights_only=True)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        scheduler.load_state_dict(saved["scheduler"])
        losses = saved["losses"]
        torch.set_rng_state(saved["rng"])
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
        checkpoint = {
            "model": model.state_dict(),
            "optimizer": optimizer.state_dict(),
            "scheduler": scheduler.state_dict(),
            "losses": losses,
            "rng": torch.get_rng_state(),
        }
        torch.save(checkpoint, path + ".tmp")
        if os.path.exists(path):
            os.remove(path)
        os.rename(path + ".tmp", path)
    return losses


whole = life(train, "whole.pt", 12, seed=13)
fallen = life(train, "china.pt", 12, seed=13, falls_after=47)
print("the process ended with", fallen.code)
mended = life(train, "china.pt", 12, seed=99)  # a new process: another mould, other dice
print("days told of:", len(mended.value[0]))
print("the one that fell differs from the one that did not by", difference(whole.value[1], mended.value[1]))
