# mistake: fixed-clip
# torch-judge 0.1.1 accepts this
import torch


def ppo_loss(new_logps, old_logps, advantages, clip_ratio=0.2):
    r, adv = torch.exp(new_logps - old_logps.detach()), advantages.detach()
    return -torch.min(r * adv, r.clamp(0.8, 1.2) * adv).mean()
