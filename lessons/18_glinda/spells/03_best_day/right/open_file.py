import torch


def practise(model, optimizer, error, learn, check, days, path):
    errors = []
    least = torch.inf
    for day in range(days):
        model.train(True)
        for rows in learn:
            for p in model.parameters():
                p.grad = None
            error(model, rows).backward()
            optimizer.step()
        model.train(False)
        with torch.no_grad():
            errors += [error(model, check).tolist()]
        if errors[-1] < least:
            least = errors[-1]
            with open(path, "wb") as file:
                torch.save(dict(model=model.state_dict(), day=day, error=least), file)
    with open(path, "rb") as file:
        model.load_state_dict(torch.load(file, weights_only=True)["model"])
    return errors
