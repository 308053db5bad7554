"""Exploring from everywhere: walks begin on any free square, and the loss is a weighted cross-entropy."""

import torch
from torch import nn
from torch.nn import functional as F
from wood import Wood


def make_walker():
    """For squares (n,) the leanings (n, 4): north, east, south, west."""
    return nn.Sequential(nn.Embedding(25, 32), nn.Tanh(), nn.Linear(32, 4))


def train(walker, wood):
    free = [s for s in range(25) if not wood.trees[s] and s != wood.out]
    optimizer = torch.optim.Adam(walker.parameters(), lr=0.03)
    for _ in range(150):
        at = torch.tensor(free)[torch.randint(len(free), (128,))]
        at[:32] = wood.start
        squares, moves, rewards, over = [], [], [], []
        for _ in range(16):
            leanings = walker(at).detach()
            move = torch.distributions.Categorical(logits=leanings).sample()
            squares.append(at), moves.append(move)
            at, reward, done = wood.step(at, move)
            rewards.append(reward), over.append(done)
        worth = [torch.zeros(128)]
        for reward, done in zip(rewards[::-1], over[::-1]):
            worth.append(reward + 0.95 * torch.where(done, 0.0, worth[-1]))
        worth = torch.stack(worth[:0:-1])
        logits = walker(torch.stack(squares)).flatten(0, 1)
        against = F.cross_entropy(logits, torch.stack(moves).flatten(), reduction="none")
        doubt = torch.distributions.Categorical(logits=logits).entropy().mean()
        loss = (against * (worth - worth.mean()).flatten()).mean() - 0.02 * doubt
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


wood = Wood()
walker = make_walker()
train(walker, wood)
print(wood.draw(wood.walk(walker)))
torch.save(walker.state_dict(), "walker.pt")
