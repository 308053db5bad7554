# mistake: not-a-ratio
import torch


def ppo_loss(new_logps, old_logps, advantages, clip_ratio=0.2):
    r, adv = new_logps - old_logps.detach(), advantages.detach()
    return -torch.min(r * adv, r.clamp(1 - clip_ratio, 1 + clip_ratio) * adv).mean()
