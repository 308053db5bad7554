# mistake: into-the-next-walk
import torch


def blame(rewards, done, gamma, beyond):
    """What each step is answerable for. rewards, done: (steps, walkers); beyond: (walkers,), what is hoped for after the last."""
    worth = torch.zeros_like(rewards)
    carried = beyond
    for t in reversed(range(len(rewards))):
        carried = rewards[t] + gamma * carried
        worth[t] = carried
    return worth


# one walker: three steps and a blow, then three steps and through, then two more, and it gets dark
tally = torch.tensor([-0.01, -0.01, -0.2, -0.01, -0.01, 1.0, -0.01, -0.01]).unsqueeze(1)
over = torch.tensor([0, 0, 1, 0, 0, 1, 0, 0]).bool().unsqueeze(1)
print(blame(tally, over, 0.9, torch.tensor([0.5])).flatten())
