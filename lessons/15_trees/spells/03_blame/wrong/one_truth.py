# mistake: yes-or-no
import torch

def blame(rewards, done, gamma, beyond):
    worth = torch.zeros_like(rewards)
    carried = beyond
    for t in reversed(range(len(rewards))):
        carried = rewards[t] + gamma * carried
        if done[t]:
            carried = rewards[t]
        worth[t] = carried
    return worth
