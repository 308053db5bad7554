# mistake: whole-numbers
import torch


def weights(numbers):
    """What is learned: these numbers, recorded."""
    return torch.tensor(numbers, requires_grad=True)


def corn(numbers):
    """What is only looked at: these numbers, not recorded."""
    return torch.tensor(numbers, dtype=torch.float32)


def guess(w, x):
    """The sum of w * x, of which nothing is recorded: nobody will go back over it."""
    with torch.no_grad():
        return (w * x).sum()


def figure(loss):
    """The one number in a loss, plain, for printing."""
    return loss.item()


def was_made(t):
    """Whether a recorded operation made t."""
    return t.grad_fn is not None


def look(w):
    """The same numbers in the same memory, without the thread."""
    # Not w.data: what is written through that is not noticed by the recording.
    return w.detach()


w = weights([1.0, 2.0])
x = corn([3.0, 4.0])
print(w)
print(guess(w, x), was_made(guess(w, x)), was_made(w * x))
print(figure((w * x).sum()), look(w))
