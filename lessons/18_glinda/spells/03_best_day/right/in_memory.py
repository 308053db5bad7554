import copy

import torch


def practise(model, optimizer, error, learn, check, days, path):
    best, errors = None, []
    for day in range(days):
        model.train()
        for rows in learn:
            loss = error(model, rows)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        with torch.inference_mode():
            today = float(error(model, check))
        errors.append(today)
        if today == today and (best is None or today < best["error"]):
            best = {"model": copy.deepcopy(model.state_dict()), "day": day, "error": today}
    torch.save(best, path)
    model.load_state_dict(best["model"])
    return errors
