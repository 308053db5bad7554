import torch


def stuff(sizes, generator=None):
    """A body: for each two neighbouring sizes a pair (weight, bias)."""
    return []


def think(body, x):
    """What the body says to each row of x."""
    return x


def hold(body, count):
    """Hold the first layers still; let the others learn."""


def learn(body, x, truth, lr):
    """One step in place. The mean squared error before it, as a number."""
    return 0.0


def answer(body, x):
    """What the body says, unrecorded."""
    return think(body, x)


def double(body):
    """Another body with the same numbers, which does what it likes."""
    return []


def follow(slow, body, rate):
    """Move slow by rate of the way to body."""


def used(said, body):
    """The numbers of the layers at which the graph of said ends."""
    return []


generator = torch.Generator().manual_seed(4)
body = stuff([2, 16, 1], generator)
x = torch.rand(64, 2, generator=generator)
truth = torch.relu(x[:, :1] - x[:, 1:])
print("layers:", len(body))
for lesson in range(200):
    error = learn(body, x, truth, 0.2)
    if lesson % 50 == 0:
        print(f"lesson {lesson}: wrong by {error:.4f}")
