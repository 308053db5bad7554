import torch


def grpo_loss(logps, rewards, group_ids, eps=1e-05):
    """Minus the mean of each answer's standing in its group times its log-probability."""
