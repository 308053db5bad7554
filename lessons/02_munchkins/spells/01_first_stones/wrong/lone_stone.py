# mistake: lone-stone
import torch


def lay(n):
    """The numbers of n stones: 0, 1, ... n - 1."""
    return torch.arange(n)


def places(width, n):
    """Where n stones lie, from bank to bank: the first at 0, the last at width."""
    return torch.arange(n) * (width / (n - 1))


def rails(n, height):
    """Two rows of n posts, each of them height tall, in float32."""
    # full takes its dtype from the value, and the height may be a whole number.
    return torch.full((2, n), height, dtype=torch.float32)


def moss(stones):
    """How much moss is on each stone: none."""
    return torch.zeros_like(stones)


stones = lay(7)
print(stones, stones.shape, stones.dtype)
print(places(12, 7))
print(rails(7, 3))
print(moss(stones))
