# mistake: unbiased
import torch


def grpo_loss(logps, rewards, group_ids, eps=1e-5):
    r = rewards.detach()
    adv = torch.zeros_like(r)
    for g in group_ids.unique():
        m = group_ids == g
        adv[m] = (r[m] - r[m].mean()) / (r[m].std() + eps)
    return -(adv * logps).mean()
