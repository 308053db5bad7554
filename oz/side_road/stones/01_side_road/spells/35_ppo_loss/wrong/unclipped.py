# mistake: never-clipped
# torch-judge 0.1.1 accepts this
import torch


def ppo_loss(new_logps, old_logps, advantages, clip_ratio=0.2):
    return -(torch.exp(new_logps - old_logps.detach()) * advantages.detach()).mean()
