"""Nothing but lists; a linear policy is enough for a pole."""

import gymnasium as gym
import torch

env = gym.make("CartPole-v1", max_episode_steps=200)
rider = torch.nn.Linear(4, 2)


def ride(env, policy, seed):
    seen, moves, rewards = [], [], []
    observation, _ = env.reset(seed=seed)
    for _ in range(100_000):
        seen.append(torch.as_tensor(observation, dtype=torch.float32))
        leanings = policy(seen[-1]).detach()
        gumbel = -torch.empty_like(leanings).exponential_().log()
        moves.append(int((leanings + gumbel).argmax()))
        observation, reward, *ends, _ = env.step(moves[-1])
        rewards.append(reward)
        if any(ends):
            break
    return torch.stack(seen), torch.tensor(moves), torch.tensor(rewards, dtype=torch.float), ends[0]


optimizer = torch.optim.Adam(rider.parameters(), lr=0.1)
for n in range(40):
    seen, moves, worth = [], [], []
    for k in range(8):
        s, m, r, _ = ride(env, rider, 8 * n + k)
        total = 0.0
        accounts = []
        for x in reversed(r.tolist()):
            total = x + 0.98 * total
            accounts.append(total)
        seen += s
        moves += m
        worth += reversed(accounts)
    worth = torch.tensor(worth)
    news = (worth - worth.mean()) / worth.std()
    logp = torch.log_softmax(rider(torch.stack(seen)), dim=1)
    loss = -(logp[torch.arange(len(moves)), torch.stack(moves)] * news).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if len(moves) > 8 * 150:
        break
