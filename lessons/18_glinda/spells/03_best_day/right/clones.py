import math

import torch


def on_check(model, error, check):
    mode = model.training
    model.eval()
    with torch.no_grad():
        value = error(model, check).item()
    model.train(mode)
    return value


def practise(model, optimizer, error, learn, check, days, path):
    errors, kept = [], {}
    for day in range(days):
        model.train()
        for rows in learn:
            optimizer.zero_grad(set_to_none=True)
            error(model, rows).backward()
            optimizer.step()
        errors.append(on_check(model, error, check))
        # every day is kept: for a small model that is no matter
        kept[day] = {name: value.clone() for name, value in model.state_dict().items()}
    day = min((d for d in kept if not math.isnan(errors[d])), key=errors.__getitem__)
    model.load_state_dict(kept[day])
    model.eval()
    torch.save({"day": day, "error": errors[day], "model": kept[day]}, path)
    return errors
