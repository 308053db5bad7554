import torch
from torch import nn


def practise(model, optimizer, error, learn, check, days, path):
    errors = []
    best = float("inf")
    for day in range(days):
        model.train()
        for rows in learn:
            optimizer.zero_grad()
            loss = error(model, rows)
            loss.backward()
            optimizer.step()
        model.eval()
        with torch.no_grad():
            now = error(model, check).item()
        errors.append(now)
        if now < best:
            best = now
            torch.save({"model": model.state_dict(), "day": day, "error": now, "optimizer": optimizer.state_dict()}, path)
    kept = torch.load(path, weights_only=True)
    model.load_state_dict(kept["model"])
    model.eval()
    return errors
