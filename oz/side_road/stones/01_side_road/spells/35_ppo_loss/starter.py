import torch


def ppo_loss(new_logps, old_logps, advantages, clip_ratio=0.2):
    """Minus the mean of the cautious one of two products, as a scalar tensor."""
