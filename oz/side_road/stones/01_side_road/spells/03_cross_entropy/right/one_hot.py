import torch
from torch.nn import functional as F


def cross_entropy_loss(logits, targets):
    hot = F.one_hot(targets, logits.shape[1]).to(logits.dtype)
    return -(F.log_softmax(logits, 1) * hot).sum(1).mean()
