"""The logarithms and the doubt are taken on the way, with their gradients, and nobody asks the walker twice."""

import torch
from torch import nn, optim
from torch.distributions import Categorical
from wood import Wood


def make_walker():
    return nn.Sequential(nn.Embedding(25, 32), nn.Tanh(), nn.Linear(32, 4))


class Company:
    """So many walkers in one wood, who go on where they stand."""

    def __init__(self, wood, walker, many=96):
        self.wood, self.walker = wood, walker
        self.at = torch.full((many,), wood.start, dtype=torch.int64)

    def walk(self, steps):
        said, doubts, rewards, goes_on = [], [], [], []
        for _ in range(steps):
            policy = Categorical(logits=self.walker(self.at))
            moves = policy.sample()
            said.append(policy.log_prob(moves))
            doubts.append(policy.entropy())
            self.at, reward, done = self.wood.step(self.at, moves)
            rewards.append(reward)
            goes_on.append(1.0 - done.float())
        worth = [rewards[-1]]
        for reward, on in zip(rewards[-2::-1], goes_on[-2::-1]):
            worth.insert(0, reward + 0.96 * on * worth[0])
        return torch.stack(said), torch.stack(worth), torch.stack(doubts)


def train(walker, wood):
    company = Company(wood, walker)
    teacher = optim.AdamW(walker.parameters(), lr=0.02, weight_decay=0.0)
    for _ in range(140):
        said, worth, doubts = company.walk(28)
        objective = (said * (worth - worth.mean())).mean() + 0.03 * doubts.mean()
        teacher.zero_grad()
        (-objective).backward()
        teacher.step()


wood, walker = Wood(), make_walker()
print(wood.draw(wood.walk(walker)), end="\n\n")
train(walker, wood)
print(wood.draw(wood.walk(walker)))
torch.save(walker.state_dict(), "walker.pt")
