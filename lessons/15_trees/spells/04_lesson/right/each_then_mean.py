from torch.distributions import Categorical


def lesson(logits, moves, worth, guess, curious):
    top = Categorical(logits=logits)
    each = (guess.detach() - worth) * top.log_prob(moves) - curious * top.entropy()
    return each.sum() / each.numel()
