import torch


def ppo_loss(new_logps, old_logps, advantages, clip_ratio=0.2):
    """Minus the mean of the cautious one of two products, as a scalar tensor."""
    advantages = advantages.detach()
    ratio = torch.exp(new_logps - old_logps.detach())
    held = ratio.clamp(1 - clip_ratio, 1 + clip_ratio)
    return -torch.minimum(ratio * advantages, held * advantages).mean()
