# mistake: gradient-elsewhere
import torch


def grpo_loss(logps, rewards, group_ids, eps=1e-5):
    total = 0
    for g in group_ids.unique():
        m = group_ids == g
        adv = (rewards[m] - rewards[m].mean()) / (rewards[m].std(unbiased=False) + eps)
        total = total - (adv * logps[m]).sum()
    return total / len(logps)
