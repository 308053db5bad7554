import torch
from torch import nn
from torch.nn import functional as F


def weighed(net, x, y):
    """The mean squared miss of `net(x)`, which is `(n, 1)`, from `y`, which is `(n,)`."""
    return ((net(x).squeeze(1) - y) ** 2).mean()


class Beak(nn.Module):
    """Sorts grain, `(n, 6)`, into ten kinds: logits, `(n, 10)`."""

    def __init__(self):
        super().__init__()
        self.first = nn.Linear(6, 16)
        self.last = nn.Linear(16, 10)

    def forward(self, x):
        return self.last(torch.relu(self.first(x)))


def missed(net, x, y):
    """The mean cross-entropy of what `net` says of `x`, when the kinds are `y`, `(n,)`."""
    return F.cross_entropy(net(x), y)


def in_parts(net, x, y, parts):
    """Leaves in `net` the gradient of `missed(net, x, y)`, taken in so many parts, one way back for each,
    because the whole does not fit; gives that loss, as a number."""
    net.zero_grad()
    total = 0.0
    for some_x, some_y in zip(x.chunk(parts), y.chunk(parts)):
        # Each part counts by its rows: the last may be shorter.
        loss = missed(net, some_x, some_y) * len(some_x) / len(x)
        loss.backward()
        total += loss.item()
    return total


torch.manual_seed(0)
grain = torch.randn(40, 6)
weights = grain.sum(dim=1)
scales = nn.Linear(6, 1)
with torch.no_grad():
    scales.weight.fill_(1.0)
    scales.bias.zero_()
print(f"scales that are never wrong miss by {weighed(scales, grain, weights).item():.4f}")
