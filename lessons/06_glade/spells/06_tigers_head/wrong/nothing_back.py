# mistake: nothing-back
import torch
from torch import nn


class Kalidah(nn.Module):
    """The body of a bear and the head of a tiger: pictures (n, 8, 8) in, (n, 10) out."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Flatten(), nn.Linear(64, 64), nn.ReLU())
        self.head = nn.Linear(64, 10)

    def forward(self, pictures):
        # Logits: cross_entropy applies its own log-softmax, and must not get chances.
        return self.head(self.body(pictures))


def train(x, y):
    """A Kalidah who has gone twelve rounds over the pictures `x`, whose figures are `y`."""
    kalidah = Kalidah()
    optimizer = torch.optim.Adam(kalidah.parameters(), lr=0.005)
    for _ in range(12):
        for rows in torch.randperm(len(x)).split(32):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(kalidah(x[rows]), y[rows])
            loss.backward()
            optimizer.step()


def sure(model, pictures):
    """How sure `model` is of each of the ten figures: a row of ten chances for each picture."""
    with torch.no_grad():
        return torch.softmax(model(pictures), dim=1)


heap = torch.load("pebbles.pt", weights_only=True)
x, y = heap["pictures"] / 16, heap["figures"]
order = torch.randperm(len(x), generator=torch.Generator().manual_seed(6))
practice, sealed = order[:1300], order[1300:]

kalidah = Kalidah()
train(x[practice], y[practice])
chances = sure(kalidah, x[sealed])
right = (chances.argmax(dim=1) == y[sealed]).float().mean().item()
with torch.no_grad():
    loss = nn.functional.cross_entropy(kalidah(x[practice]), y[practice]).item()
print(f"of the pebbles that he never saw, read right: {right:.3f}")
print(f"the loss, on those that he did see:           {loss:.3f}")
print(f"he was never surer than                       {chances.max().item():.3f}")
