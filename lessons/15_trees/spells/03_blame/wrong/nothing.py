# mistake: nothing-yet
import torch


def blame(rewards, done, gamma, beyond):
    return torch.zeros_like(rewards)
