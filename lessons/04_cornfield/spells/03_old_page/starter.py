import torch
from torch.autograd import Variable


def weights(numbers):
    """What is learned: these numbers, recorded."""
    return Variable(torch.FloatTensor(numbers), requires_grad=True)


def corn(numbers):
    """What is only looked at: these numbers, not recorded."""
    return Variable(torch.FloatTensor(numbers))


def guess(w, x):
    """The sum of w * x, of which nothing is recorded: nobody will go back over it."""
    x = Variable(x, volatile=True)
    return (w * x).sum()


def figure(loss):
    """The one number in a loss, plain, for printing."""
    return loss.data[0]


def was_made(t):
    """Whether a recorded operation made t."""
    return t.creator is not None


def look(w):
    """The same numbers in the same memory, without the thread."""
    return w.data


w = weights([1.0, 2.0])
x = corn([3.0, 4.0])
print(w)
print(guess(w, x))
