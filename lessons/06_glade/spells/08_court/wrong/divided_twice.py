# mistake: divided-twice
import torch
from torch import nn


class Lion(nn.Module):
    """Reads pebbles: pictures (n, 8, 8) in, logits (n, 10) out."""

    def __init__(self):
        super().__init__()
        self.look = nn.Linear(64, 64)
        self.say = nn.Linear(64, 10)

    def forward(self, pictures):
        return self.say(torch.relu(self.look(pictures.flatten(1))))


def pebbles():
    """The pebbles of the beasts: pictures (n, 8, 8) from 0 to 1 and figures (n,), to practise on,
    and the same of those in the Tortoise's sealed bag."""
    heap = torch.load("pebbles.pt", weights_only=True)
    x, y = heap["pictures"] / 16, heap["figures"]
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(4))
    practice, sealed = order[:1300], order[1300:]
    return x[practice], y[practice], x[sealed], y[sealed]


def train(x, y):
    """A lion who reads: a module, trained and in eval mode, and the mean loss of each round."""
    lion = Lion()
    optimizer = torch.optim.Adam(lion.parameters(), lr=0.01)
    losses = []
    for _ in range(10):
        seen = []
        # The same permutation for pictures and figures, and another one every round.
        for rows in torch.randperm(len(x)).split(64):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(lion(x[rows]), y[rows])
            loss.backward()
            optimizer.step()
            seen.append(loss.item())
        losses.append(sum(seen) / len(x))
    lion.eval()
    return lion, losses


def read(model, pictures):
    """What `model` says of `pictures`: the figures (n,), and how sure it is of each (n,), 0 to 1."""
    model.eval()
    with torch.no_grad():
        chances = torch.softmax(model(pictures), dim=1)
    sure, figures = chances.max(dim=1)
    return figures, sure


x, y, sealed_x, sealed_y = pebbles()
lion, losses = train(x, y)
figures, sure = read(lion, sealed_x)
print("loss, round by round:", [round(loss, 3) for loss in losses])
print(f"read right, of the sealed pebbles: {(figures == sealed_y).float().mean().item():.3f}")
print(f"and how sure he was, on average:   {sure.mean().item():.3f}")
misread_images = sealed_x[figures != sealed_y][:4]
torch.save(lion.state_dict(), "lion.pt")
