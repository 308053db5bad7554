import torch
import torch.nn.functional as F
from torch import nn


def stuck(weights, gradient, lr):
    change = lr * gradient
    return ((weights - change) == weights) * (change != 0) | (gradient != 0) & (change == 0)


class Book:
    def __init__(self, model, dtype):
        self.kept = {name: nn.Parameter(p.detach().to(torch.float32, copy=True)) for name, p in model.named_parameters()}
        model.to(dtype=dtype)

    @property
    def pages(self):
        return list(self.kept.values())


@torch.no_grad()
def hand_out(model, book):
    for name, p in model.named_parameters():
        p.copy_(book.kept[name])


def step(model, book, optimizer, x, y):
    named = dict(model.named_parameters())
    dtype = next(iter(named.values())).dtype
    for p in named.values():
        p.grad = None
    for page in book.pages:
        page.grad = None
    loss = F.mse_loss(model(x.to(dtype)).to(torch.float32), y)
    loss.backward()
    for name, p in named.items():
        if p.grad is not None:
            book.kept[name].grad = p.grad.detach().to(torch.float32)
    optimizer.step()
    hand_out(model, book)
    return float(loss)


stroke = nn.Linear(8, 1)
aims, marks = torch.randn(64, 8), torch.randn(64, 1)
ledger = Book(stroke, torch.bfloat16)
pen = torch.optim.SGD(ledger.pages, lr=1e-3)
print("without a book would not stir:", stuck(stroke.weight, torch.full_like(stroke.weight, 0.5), 1e-3).tolist())
for day in range(200):
    off = step(stroke, ledger, pen, aims, marks)
    if day % 50 == 0:
        print(f"day {day}: off by {off:.4f}, a weight of {stroke.weight[0, 0].item()} and in the book {ledger.pages[0][0, 0].item():.6f}")
