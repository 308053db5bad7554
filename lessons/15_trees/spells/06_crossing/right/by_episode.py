"""Each company walks until everybody is done or it is dark; steps after the end do not count."""

import torch
from torch import nn
from torch.distributions import Categorical
from wood import Wood


def make_walker():
    return nn.Sequential(nn.Embedding(25, 32), nn.Tanh(), nn.Linear(32, 4))


def train(walker, wood, companies=200, walkers=96):
    optimizer = torch.optim.Adam(walker.parameters(), lr=2e-2)
    for _ in range(companies):
        at = torch.full((walkers,), wood.start)
        alive = torch.ones(walkers).bool()
        logps, doubts, rewards, counts = [], [], [], []
        for _ in range(25):
            policy = Categorical(logits=walker(at))
            move = policy.sample()
            logps.append(policy.log_prob(move))
            doubts.append(policy.entropy())
            counts.append(alive)
            at, reward, done = wood.step(at, move)
            rewards.append(reward * alive)
            alive = alive & ~done
            if not alive.any():
                break
        worth = torch.zeros(len(rewards), walkers)
        carried = torch.zeros(walkers)
        for t in reversed(range(len(rewards))):
            carried = rewards[t] + 0.98 * carried
            worth[t] = carried
        counts = torch.stack(counts).float()
        guess = (worth * counts).sum() / counts.sum()
        news = (worth - guess) * torch.stack(logps)
        loss = -((news + 0.02 * torch.stack(doubts)) * counts).sum() / counts.sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


wood = Wood()
walker = make_walker()
print(wood.draw(wood.walk(walker)))
train(walker, wood)
print(wood.draw(wood.walk(walker)))
torch.save(walker.state_dict(), "walker.pt")
