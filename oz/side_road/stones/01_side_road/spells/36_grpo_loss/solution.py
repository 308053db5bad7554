import torch


def grpo_loss(logps, rewards, group_ids, eps=1e-5):
    """Minus the mean of each answer's standing in its group times its log-probability."""
    rewards = rewards.detach()
    advantages = torch.zeros_like(rewards)
    for group in group_ids.unique():
        members = group_ids == group
        own = rewards[members]
        advantages[members] = (own - own.mean()) / (own.std(unbiased=False) + eps)
    return -(advantages * logps).mean()
