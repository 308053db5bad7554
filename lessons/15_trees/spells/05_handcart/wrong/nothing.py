# mistake: nothing-yet
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
    observation, _ = env.reset(seed=seed)
    now = torch.as_tensor(observation)
    return now.unsqueeze(0), torch.zeros(1, dtype=torch.int64), torch.zeros(1), False


def practise(env, rider, rounds=60, rides=8, gamma=0.98):
    """Rides, and after every few learns from them."""


env = gym.make("CartPole-v1", max_episode_steps=200)
rider = nn.Sequential(nn.Linear(4, 32), nn.Tanh(), nn.Linear(32, 2))
practise(env, rider)
*_, rewards, fallen = ride(env, rider, seed=1900)
print("longer than fifty steps:", len(rewards) > 50)
