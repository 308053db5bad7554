"""The step made by hand of what `ride` gives, one ride after the other, and a longer memory."""

import gymnasium
import torch
from torch.nn import functional as F


def ride(env, policy, seed):
    observation, info = env.reset(seed=seed)
    record = []
    over = False
    while not over:
        x = torch.tensor(observation)
        move = torch.distributions.Categorical(torch.softmax(policy(x), -1)).sample().item()
        observation, reward, fell, rang, info = env.step(move)
        record.append((x, move, reward))
        over = fell or rang
    seen, moves, rewards = zip(*record)
    return torch.stack(seen), torch.tensor(moves), torch.tensor(rewards).float(), bool(fell)


class Rider(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.first = torch.nn.Linear(4, 24)
        self.second = torch.nn.Linear(24, 2)

    def forward(self, x):
        return self.second(torch.relu(self.first(x)))


rider = Rider()
optimizer = torch.optim.Adam(rider.parameters(), lr=0.02)
env = gymnasium.make("CartPole-v1", max_episode_steps=200)
lengths, batch = [], []
for n in range(400):
    seen, moves, rewards, fallen = ride(env, rider, n)
    lengths.append(len(moves))
    steps = torch.arange(len(moves))
    later = (steps[None, :] - steps[:, None]).float()
    worth = ((later >= 0) * 0.98 ** later.clamp(min=0)) @ rewards
    batch.append((seen, moves, worth))
    if len(batch) == 8:
        seen, moves, worth = (torch.cat(part) for part in zip(*batch))
        batch = []
        news = (worth - worth.mean()) / worth.std()
        optimizer.zero_grad()
        (F.cross_entropy(rider(seen), moves, reduction="none") * news).mean().backward()
        optimizer.step()
    if n > 16 and sum(lengths[-16:]) / 16 > 140:
        break
