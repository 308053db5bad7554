import torch
import torch.nn.functional as F


def error(model, x, y):
    return F.mse_loss(model(x), y[:, None])


def practise(model, optimizer, learn, check, days):
    errors = []
    for _ in range(days):
        for x, y in learn:
            model.train()
            optimizer.zero_grad()
            error(model, x, y).backward()
            optimizer.step()
        with torch.no_grad():
            errors.append(float(error(model.eval(), *check)))
    return errors


@torch.no_grad()
def explained(model, loader):
    model.eval()
    pairs = [(model(x).flatten(), y) for x, y in loader]
    says, answers = (torch.cat(side) for side in zip(*pairs))
    return 1 - float((says - answers).square().mean() / answers.var(correction=0))
