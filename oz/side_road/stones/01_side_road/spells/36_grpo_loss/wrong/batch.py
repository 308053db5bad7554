# mistake: whole-batch
import torch


def grpo_loss(logps, rewards, group_ids, eps=1e-5):
    r = rewards.detach()
    return -((r - r.mean()) / (r.std(unbiased=False) + eps) * logps).mean()
