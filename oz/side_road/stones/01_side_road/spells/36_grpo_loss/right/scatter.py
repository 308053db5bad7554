import torch


def grpo_loss(logps, rewards, group_ids, eps=1e-5):
    with torch.no_grad():
        _, where, count = group_ids.unique(return_inverse=True, return_counts=True)
        mean = torch.zeros(len(count)).index_add(0, where, rewards) / count
        off = rewards - mean[where]
        std = (torch.zeros(len(count)).index_add(0, where, off**2) / count).sqrt()
        adv = off / (std[where] + eps)
    return -(adv * logps).sum() / len(logps)
