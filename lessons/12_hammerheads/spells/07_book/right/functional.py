import torch
from torch import nn


def stuck(weights, gradient, lr):
    return (gradient != 0) & ~((weights - gradient * lr) != weights)


class Book:
    def __init__(self, model, dtype):
        self.pages = [torch.empty_like(p).copy_(p.data) for p in model.parameters()]
        model.to(dtype)


def step(model, book, optimizer, x, y):
    narrow = [p for p in model.parameters()]
    for p in narrow:
        p.grad = None
    loss = (model(x.to(narrow[0].dtype)).float() - y).pow(2).mean()
    loss.backward()
    for page, p in zip(book.pages, narrow):
        page.grad = p.grad.float() if p.grad is not None else None
    optimizer.step()
    for page, p in zip(book.pages, narrow):
        p.data.copy_(page)
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
