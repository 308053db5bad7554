# mistake: one-flag
import torch
from torch import nn


def evaluate(model, x, y, batch=100):
    """What `model` knows of the rows `x`, whose right answers are `y`.

    Gives two plain numbers: the share that it reads right, and its mean loss.
    """
    was_training = model.training
    model.training = False
    right, loss = 0, 0.0
    with torch.no_grad():
        for rows, told in zip(x.split(batch), y.split(batch)):
            logits = model(rows)
            right += (logits.argmax(dim=1) == told).sum().item()
            # Summed: the last batch may be smaller, and its rows count no more than others.
            loss += nn.functional.cross_entropy(logits, told, reduction="sum").item()
    model.training = was_training
    return right / len(x), loss / len(x)


# The same lion and the same pebbles, five nights running.
torch.manual_seed(6)
x = torch.randn(250, 20)
y = x[:, :4].argmax(dim=1)
lion = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Dropout(0.6), nn.Linear(64, 4))
optimizer = torch.optim.Adam(lion.parameters(), lr=0.01)
for _ in range(100):
    optimizer.zero_grad()
    nn.functional.cross_entropy(lion(x), y).backward()
    optimizer.step()
for night in range(5):
    print("night", night, *evaluate(lion, x, y))
