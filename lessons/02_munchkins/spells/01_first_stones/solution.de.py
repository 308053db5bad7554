import torch


def lay(n):
    """Die Nummern von n Steinen: 0, 1, ... n - 1."""
    return torch.arange(n)


def places(width, n):
    """Wo n Steine liegen, von Ufer zu Ufer: der erste bei 0, der letzte bei width."""
    return torch.linspace(0, width, n)


def rails(n, height):
    """Zwei Reihen von n Pfosten, jeder height hoch, in float32."""
    # full nimmt seinen dtype vom Wert, und die Höhe kann eine ganze Zahl sein.
    return torch.full((2, n), height, dtype=torch.float32)


def moss(stones):
    """Wie viel Moos auf jedem Stein ist: keins."""
    return torch.zeros_like(stones)


stones = lay(7)
print(stones, stones.shape, stones.dtype)
print(places(12, 7))
print(rails(7, 3))
print(moss(stones))
