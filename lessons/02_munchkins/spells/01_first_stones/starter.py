import torch


def lay(n):
    """The numbers of n stones: 0, 1, ... n - 1."""
    return torch.Tensor(n)  # n places, as the river left them


def places(width, n):
    """Where n stones lie, from bank to bank: the first at 0, the last at width."""


def rails(n, height):
    """Two rows of n posts, each of them height tall, in float32."""


def moss(stones):
    """How much moss is on each stone: none."""


print(lay(7))
print(places(12, 7))
