import torch
from torch import nn


def stuck(weights, gradient, lr):
    """Which weights have a gradient, and would not move by a step of lr, in their own dtype."""
    return (weights - lr * gradient == weights) & (gradient != 0)


class Book:
    """Keeps the wide weights of a model that strikes narrow."""

    def __init__(self, model, dtype):
        # Copied out before the model is narrowed: what is rounded off here is gone.
        self.pages = [p.detach().clone().requires_grad_() for p in model.parameters()]
        model.to(dtype)

    def take_down(self, model):
        """The gradients of the narrow weights, written wide beside the pages."""
        for page, narrow in zip(self.pages, model.parameters()):
            page.grad = None if narrow.grad is None else narrow.grad.to(page.dtype)

    def hand_out(self, model):
        """The pages, rounded, into the model's own weights."""
        with torch.no_grad():
            for page, narrow in zip(self.pages, model.parameters()):
                narrow.copy_(page)


def step(model, book, optimizer, x, y):
    """One step: struck narrow, kept wide. The optimizer has the book's pages. Gives the loss, a number."""
    dtype = next(model.parameters()).dtype
    model.zero_grad()
    loss = nn.functional.mse_loss(model(x.to(dtype)).float(), y)
    loss.backward()
    book.take_down(model)
    optimizer.step()
    book.hand_out(model)
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
