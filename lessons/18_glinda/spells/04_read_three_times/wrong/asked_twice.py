# mistake: asked-twice
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


def error(model, x, y):
    """The mean square of how far the model is off."""
    return ((model(x).squeeze(1) - y) ** 2).mean()


def practise(model, optimizer, learn, check, days):
    """The error on `check`, the rows (x, y), after each day of learning from the loader `learn`."""
    errors = []
    for _ in range(days):
        model.train()
        for x, y in learn:
            optimizer.zero_grad()
            error(model, x, y).backward()
            optimizer.step()
        model.eval()
        with torch.no_grad():
            errors.append(error(model, *check).item())
    return errors


def explained(model, loader):
    """How much of the spread in the loader's rows the model explains: 1 is all of it, 0 what the mean does."""
    model.eval()
    with torch.no_grad():
        says = torch.cat([model(x) for x, _ in loader]).squeeze(1)
    answers = torch.cat([y for _, y in loader])
    spread = ((answers - answers.mean()) ** 2).mean()
    return (1 - ((says - answers) ** 2).mean() / spread).item()


# The year-book: 230 people to learn from, 80 to check by.
book = torch.load("year.pt", weights_only=True)
x = (book["x"] - book["x"][:230].mean(dim=0)) / book["x"][:230].std(dim=0)
y = (book["answers"] - book["answers"][:230].mean()) / book["answers"][:230].std()
learn = DataLoader(TensorDataset(x[:230], y[:230]), batch_size=46, shuffle=True)
model = nn.Sequential(nn.Linear(10, 32), nn.ReLU(), nn.Dropout(0.3), nn.Linear(32, 1))
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
errors = practise(model, optimizer, learn, (x[230:], y[230:]), 20)
check = DataLoader(TensorDataset(x[230:], y[230:]), batch_size=16)
print("the error, day by day:", [round(e, 2) for e in errors])
print(f"explained, of what was learnt from: {explained(model, learn):.2f}")
print(f"explained, on the check rows:       {explained(model, check):.2f}")
