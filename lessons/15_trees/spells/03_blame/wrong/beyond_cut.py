# mistake: beyond-cut
import torch

def blame(rewards, done, gamma, beyond):
    worth = torch.zeros_like(rewards)
    carried = beyond
    for t in range(len(rewards) - 1, -1, -1):
        carried[done[t]] = 0
        carried = rewards[t] + gamma * carried
        worth[t] = carried
    return worth
