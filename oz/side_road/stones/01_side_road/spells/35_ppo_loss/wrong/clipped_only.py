# mistake: always-clipped
# torch-judge 0.1.1 accepts this
import torch


def ppo_loss(new_logps, old_logps, advantages, clip_ratio=0.2):
    r = torch.exp(new_logps - old_logps.detach())
    return -(r.clamp(1 - clip_ratio, 1 + clip_ratio) * advantages.detach()).mean()
