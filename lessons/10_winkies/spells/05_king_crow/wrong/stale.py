# mistake: stale
import torch
from torch import nn
from torch.nn import functional as F


class King(nn.Module):
    """Looks at grain, `(n, 64)`, holds it, and says of what kind it is."""

    def __init__(self, kinds=5):
        super().__init__()
        self.eye = nn.Linear(64, 32)
        self.throat = nn.Linear(32, 32)
        self.beak = nn.Linear(32, kinds)

    def forward(self, x):
        seen = torch.relu(self.eye(x))
        held = torch.relu(self.throat(seen))
        return self.beak(held)


def hatch():
    """A King who was made for five kinds and gets a beak for ten, and his optimizer."""
    king = King()
    king.beak = nn.Linear(32, 10)
    optimizer = torch.optim.Adam(king.parameters(), lr=1e-2)
    return king, optimizer


def shuffled(x, y):
    """The rows in another order, each with its own answer."""
    order = torch.randperm(len(x))
    return x[order], y[order]


def unmoved(net, optimizer, x, y):
    """Takes one step on `x` and `y`; the names of the parameters that are just what they were before."""
    before = {n: p.detach().clone() for n, p in net.named_parameters()}
    loss = F.cross_entropy(net(x), y)
    loss.backward()
    optimizer.step()
    return [n for n, p in net.named_parameters() if torch.equal(p, before[n])]


def by_heart(net, optimizer, x, y, steps):
    """Trains on these rows, always the same, shuffled for each step; the loss of each, as numbers."""
    losses = []
    for _ in range(steps):
        x, y = shuffled(x, y)
        optimizer.zero_grad()
        loss = F.cross_entropy(net(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


torch.manual_seed(0)
king, optimizer = hatch()
x, y = torch.randn(16, 64), torch.randint(10, (16,))
print("did not move:", unmoved(king, optimizer, x, y))
losses = by_heart(king, optimizer, x, y, 150)
if losses:
    print(f"by heart: from {losses[0]:.2f} to {losses[-1]:.2f}")
