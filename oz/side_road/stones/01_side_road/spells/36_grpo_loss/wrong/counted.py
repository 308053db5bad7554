# mistake: ids-counted
# torch-judge 0.1.1 accepts this
import torch


def grpo_loss(logps, rewards, group_ids, eps=1e-5):
    r = rewards.detach()
    adv = torch.zeros_like(r)
    for g in range(len(group_ids.unique())):
        m = group_ids == g
        if m.any():
            adv[m] = (r[m] - r[m].mean()) / (r[m].std(unbiased=False) + eps)
    return -(adv * logps).mean()
