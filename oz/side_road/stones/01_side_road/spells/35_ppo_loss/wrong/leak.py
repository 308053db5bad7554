# mistake: gradient-elsewhere
import torch


def ppo_loss(new_logps, old_logps, advantages, clip_ratio=0.2):
    r = torch.exp(new_logps - old_logps)
    return -torch.min(r * advantages, r.clamp(1 - clip_ratio, 1 + clip_ratio) * advantages).mean()
