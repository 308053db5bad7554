import torch


def ppo_loss(new_logps, old_logps, advantages, clip_ratio=0.2):
    with torch.no_grad():
        base, adv = old_logps.clone(), advantages.clone()
    r = torch.exp(new_logps - base)
    bound = torch.where(adv > 0, 1 + clip_ratio, 1 - clip_ratio)
    blocked = torch.where(adv > 0, r > bound, r < bound)
    return -(torch.where(blocked, bound, r) * adv).mean()
