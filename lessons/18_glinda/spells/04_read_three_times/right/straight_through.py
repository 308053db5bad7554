import torch
from torch import nn


def error(model, x, y):
    return nn.MSELoss()(model(x).reshape(y.shape), y)


def on(model, rows):
    model.eval()
    with torch.no_grad():
        return error(model, *rows).item()


def practise(model, optimizer, learn, check, days):
    def day():
        model.train()
        for x, y in learn:
            loss = error(model, x, y)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
        return on(model, check)

    return [day() for _ in range(days)]


def explained(model, loader):
    x, answers = loader.dataset[:]  # in the order in which they lie, with no loader between
    model.eval()
    with torch.no_grad():
        says = model(x)[:, 0]
    off, spread = (says - answers) ** 2, (answers - answers.mean()) ** 2
    return (1 - off.sum() / spread.sum()).item()
