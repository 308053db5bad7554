# mistake: overflows
import torch


def cross_entropy_loss(logits, targets):
    shares = logits.exp() / logits.exp().sum(1, keepdim=True)
    return -shares[torch.arange(len(targets)), targets].log().mean()
