import torch


def cross_entropy_loss(logits, targets):
    """The mean over the rows of minus the log of the right class's share, as a scalar tensor."""
