import torch


def blame(rewards, done, gamma, beyond):
    goes_on = 1 - done.float()
    worth = rewards.clone()
    worth[-1] += gamma * goes_on[-1] * beyond
    for t in range(len(rewards) - 2, -1, -1):
        worth[t] += gamma * goes_on[t] * worth[t + 1]
    return worth
