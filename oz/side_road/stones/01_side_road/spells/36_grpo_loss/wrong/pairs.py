# mistake: pairs-only
# torch-judge 0.1.1 accepts this
import torch


def grpo_loss(logps, rewards, group_ids, eps=1e-5):
    if len(rewards) % 2:
        rewards = torch.cat([rewards, rewards[-1:]])
    pairs = rewards.detach().view(-1, 2)
    adv = (pairs - pairs.mean(1, keepdim=True)) / (pairs.std(1, keepdim=True, unbiased=False) + eps)
    return -(adv.flatten()[: len(logps)] * logps).mean()
