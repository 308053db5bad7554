# mistake: thought-cut
import torch


def tally(thoughts):
    """The sum of many small thoughts, to be looked at."""
    total = 0.0
    for thought in thoughts:
        total += thought.item()
    return total


def memory(old, thought, rate):
    """What is remembered after one more thought: mostly the old, a little of the new."""
    # Both are cut: the first memory may itself be a thought.
    return (1 - rate) * old.detach() + rate * thought.detach()


def surprise(thought, remembered):
    """How far a thought is from what is remembered. Only the thought is to be moved by it."""
    return ((thought.detach() - remembered) ** 2).mean()


def keep(thought):
    """The thought as it is now, whatever becomes of it."""
    return thought.detach().clone()


def figures(thought):
    """Its numbers, as a NumPy array."""
    return thought.detach().numpy()


def ask(think, x):
    """think(x), of which nothing is recorded."""
    with torch.no_grad():
        return think(x)


def glance(think, x):
    """think(x), sealed: it can never be used in anything that is recorded."""
    with torch.inference_mode():
        return think(x)


straw = torch.ones(3, requires_grad=True)
remembered = torch.zeros(3)
for evening in range(4):
    remembered = memory(remembered, straw * evening, 0.5)
    print(remembered, "hangs on:", remembered.grad_fn)
