# mistake: everybody
import torch
from torch.nn import functional as F


def cross_entropy_loss(logits, targets):
    return -(logits.log_softmax(1) * F.one_hot(targets, logits.shape[1])).mean()
