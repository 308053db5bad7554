import copy

import torch
from torch import nn


def stuck(weights, gradient, lr):
    moved = weights.add(gradient, alpha=-lr)
    return torch.logical_and(moved.eq(weights), gradient.ne(0))


class Book:
    def __init__(self, model, dtype):
        self.wide = copy.deepcopy(model).float()
        self.pages = list(self.wide.parameters())
        for p in model.parameters():
            p.data = p.data.to(dtype)


def step(model, book, optimizer, x, y):
    optimizer.zero_grad()
    narrow = list(model.parameters())
    loss = nn.functional.mse_loss(model(x.to(narrow[0].dtype)).float(), y)
    gradients = torch.autograd.grad(loss, narrow, allow_unused=True)
    for page, gradient in zip(book.pages, gradients):
        if gradient is not None:
            page.grad = gradient.float()
    optimizer.step()
    with torch.no_grad():
        for page, p in zip(book.pages, narrow):
            p.copy_(page.to(p.dtype))
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
