import torch
from torch import nn
from torch.distributions import Categorical
from wood import Wood


def make_walker():
    """For squares (n,) the leanings (n, 4): north, east, south, west."""
    return nn.Sequential(nn.Embedding(25, 32), nn.Tanh(), nn.Linear(32, 4))


def train(walker, wood, rounds=130):
    """Sends a company of walkers through the wood, again and again, and learns from what becomes of them."""


wood = Wood()
walker = make_walker()

print("before:")
before = wood.walk(walker)
print(wood.draw(before))
before_picture = wood.picture(before)

train(walker, wood)

print("after:")
after = wood.walk(walker)
print(wood.draw(after))
after_picture = wood.picture(after)
torch.save(walker.state_dict(), "walker.pt")
