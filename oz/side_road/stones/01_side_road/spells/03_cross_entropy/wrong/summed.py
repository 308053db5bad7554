# mistake: summed
import torch


def cross_entropy_loss(logits, targets):
    return (logits.logsumexp(1) - logits.gather(1, targets[:, None])[:, 0]).sum()
