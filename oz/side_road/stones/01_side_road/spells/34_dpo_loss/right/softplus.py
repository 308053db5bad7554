import torch


def dpo_loss(policy_chosen_logps, policy_rejected_logps, ref_chosen_logps, ref_rejected_logps, beta=0.1):
    with torch.no_grad():
        offset = ref_chosen_logps - ref_rejected_logps
    z = beta * (policy_chosen_logps - policy_rejected_logps - offset)
    return torch.nn.functional.softplus(-z).mean()
