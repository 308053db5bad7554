# mistake: one-late
import torch
from torch import nn


def practise(model, optimizer, error, learn, check, days, path):
    """Practises `model` for so many days, and leaves it as it was on its best: the mean error of each day
    on the check rows.

    `error(model, rows)` is the loss; `learn` is a list of batches, `check` the rows to choose by. The best
    day's state is kept in `path`, as it comes: {"model": state, "day": number from 0, "error": number}."""
    errors, least = [], float("inf")
    for day in range(days):
        model.train()
        for rows in learn:
            optimizer.zero_grad()
            loss = error(model, rows)
            loss.backward()
            optimizer.step()
        model.eval()
        with torch.no_grad():
            errors.append(error(model, check).item())
        if len(errors) > 1 and errors[-2] < least:
            least = errors[-2]
            torch.save({"model": model.state_dict(), "day": day - 1, "error": least}, path)
    if errors[-1] < least:
        torch.save({"model": model.state_dict(), "day": day, "error": errors[-1]}, path)
    model.load_state_dict(torch.load(path, weights_only=True)["model"])
    return errors


# The nurse's year-book: ten measures, and how much further the sickness had got a year later.
rows = torch.load("year.pt", weights_only=True)
x = (rows["x"] - rows["x"][:230].mean(dim=0)) / rows["x"][:230].std(dim=0)
y = (rows["answers"] - rows["answers"][:230].mean()) / rows["answers"][:230].std()
learn = [(x[i : i + 46], y[i : i + 46]) for i in range(0, 230, 46)]
check = x[230:], y[230:]
model = nn.Sequential(
    nn.Linear(10, 64), nn.ReLU(), nn.Dropout(0.1), nn.Linear(64, 1), nn.Flatten(0)
)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
errors = practise(
    model,
    optimizer,
    lambda model, rows: nn.functional.mse_loss(model(rows[0]), rows[1]),
    learn,
    check,
    60,
    "best.pt",
)
print("on the check rows, every tenth day:", [round(error, 2) for error in errors[::10]])
print(
    f"best on day {errors.index(min(errors))}: {min(errors):.2f}; on the last day: {errors[-1]:.2f}"
)
