# mistake: log-of-nought
import torch
from torch.distributions import Categorical


def lesson(logits, moves, worth, guess, curious):
    """One number to be made smaller. logits: (…, sides); moves, worth, guess: (…); curious: a number."""
    policy = Categorical(logits=logits)
    surprise = worth - guess.detach()
    chances = torch.softmax(logits, dim=-1)
    praise = (chances.gather(-1, moves.unsqueeze(-1)).squeeze(-1).log() * surprise).mean()
    doubt = policy.entropy().mean()
    return -praise - curious * doubt


leanings = torch.zeros(3, 4, requires_grad=True)
moves = torch.tensor([0, 1, 2])  # north was better than thought, east worse, south as it was thought
lesson(leanings, moves, torch.tensor([1.0, -0.2, 0.3]), torch.full((3,), 0.3), 0.0).backward()
print(-leanings.grad)  # where a step of descent will push each leaning
