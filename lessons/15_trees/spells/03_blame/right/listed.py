import torch


def blame(rewards, done, gamma, beyond):
    carried, worth = beyond, []
    for reward, over in zip(rewards.flip(0), done.flip(0)):
        carried = reward + gamma * torch.where(over, torch.zeros_like(carried), carried)
        worth.append(carried)
    return torch.stack(worth[::-1])
