# mistake: argmax
import torch


def cross_entropy_loss(logits, targets):
    return (logits.argmax(1) != targets).float().mean() * 10 + 0 * logits.sum()
