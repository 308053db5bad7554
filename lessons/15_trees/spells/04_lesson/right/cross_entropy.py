import torch
from torch.nn import functional as F


def lesson(logits, moves, worth, guess, curious):
    """Cross-entropy against the moves that were made, each weighted by what came of it."""
    sides = logits.shape[-1]
    against = F.cross_entropy(logits.reshape(-1, sides), moves.reshape(-1), reduction="none")
    surprise = (worth - guess).detach().reshape(-1)
    logp = F.log_softmax(logits, dim=-1)
    doubt = -(logp.exp() * logp).sum(dim=-1)
    return (against * surprise).mean() - curious * doubt.mean()
