import gymnasium as gym
import torch
from torch import nn
from torch.distributions import Categorical


def worth(rewards, gamma):
    """What each step of one ride answers for: (steps,)."""
    accounts, carried = torch.zeros_like(rewards), 0.0
    for t in reversed(range(len(rewards))):
        carried = rewards[t] + gamma * carried
        accounts[t] = carried
    return accounts


def ride(env, policy, seed):
    """One ride: what was seen before each move, the moves, the rewards, and whether the pole fell."""
    seen, moves, rewards = [], [], []
    observation, _ = env.reset(seed=seed)
    terminated = truncated = False
    while not (terminated or truncated):
        now = torch.as_tensor(observation)
        with torch.no_grad():
            move = Categorical(logits=policy(now)).sample()
        observation, reward, terminated, truncated, _ = env.step(move.item())
        seen.append(now)
        moves.append(move)
        rewards.append(reward)
    return torch.stack(seen), torch.stack(moves), torch.tensor(rewards, dtype=torch.float32), terminated


def practise(env, rider, rounds=60, rides=8, gamma=0.98):
    """Rides, and after every few learns from them."""
    optimizer = torch.optim.Adam(rider.parameters(), lr=3e-2)
    for n in range(rounds):
        records = [ride(env, rider, seed=n * rides + k) for k in range(rides)]
        seen, moves, rewards, _ = zip(*records)
        seen, moves = torch.cat(seen), torch.cat(moves)
        accounts = torch.cat([worth(each, gamma) for each in rewards])
        news = (accounts - accounts.mean()) / (accounts.std() + 1e-6)
        loss = -(Categorical(logits=rider(seen)).log_prob(moves) * news).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if len(seen) / rides >= 150:
            break


env = gym.make("CartPole-v1", max_episode_steps=200)
rider = nn.Sequential(nn.Linear(4, 32), nn.Tanh(), nn.Linear(32, 2))
practise(env, rider)
*_, rewards, fallen = ride(env, rider, seed=1900)
print("longer than fifty steps:", len(rewards) > 50)
