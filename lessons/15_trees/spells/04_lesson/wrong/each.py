# mistake: one-for-each
import torch
from torch.distributions import Categorical


def lesson(logits, moves, worth, guess, curious):
    """One number to be made smaller. logits: (…, sides); moves, worth, guess: (…); curious: a number."""
    policy = Categorical(logits=logits)
    surprise = worth - guess.detach()
    praise = (policy.log_prob(moves) * surprise)
    doubt = policy.entropy().mean()
    return -praise - curious * doubt

