# mistake: first-left-out
import torch

def blame(rewards, done, gamma, beyond):
    worth = torch.zeros_like(rewards)
    carried = beyond
    for t in range(len(rewards) - 1, 0, -1):
        carried = carried * ~done[t]
        carried = rewards[t] + gamma * carried
        worth[t] = carried
    return worth
