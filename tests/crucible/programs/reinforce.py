"""REINFORCE on a corridor: losses gathered over an episode of changing length."""

import torch
from torch import nn
from torch.distributions import Categorical

torch.manual_seed(0)
policy = nn.Sequential(nn.Linear(5, 16), nn.Tanh(), nn.Linear(16, 2))
optimizer = torch.optim.Adam(policy.parameters(), lr=3e-2)


def episode():
    place, chosen, rewards = 2, [], []
    for _ in range(20):
        seen = nn.functional.one_hot(torch.tensor(place), 5).float()
        distribution = Categorical(logits=policy(seen))
        action = distribution.sample()
        chosen.append(distribution.log_prob(action))
        place += 1 if action.item() else -1
        rewards.append(1.0 if place == 4 else -0.05)
        if place in (0, 4):
            break
    return chosen, rewards, place == 4


won = []
for _ in range(150):
    chosen, rewards, reached = episode()
    won.append(reached)
    returns, total = [], 0.0
    for reward in reversed(rewards):
        total = reward + 0.95 * total
        returns.insert(0, total)
    loss = torch.stack([-p * r for p, r in zip(chosen, returns, strict=True)]).sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
assert sum(won[-30:]) >= 24, sum(won[-30:])
print("done")
