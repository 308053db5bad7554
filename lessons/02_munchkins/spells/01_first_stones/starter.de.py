import torch


def lay(n):
    """Die Nummern von n Steinen: 0, 1, ... n - 1."""
    return torch.Tensor(n)  # n Plätze, wie der Fluss sie hinterließ


def places(width, n):
    """Wo n Steine liegen, von Ufer zu Ufer: der erste bei 0, der letzte bei width."""


def rails(n, height):
    """Zwei Reihen von n Pfosten, jeder height hoch, in float32."""


def moss(stones):
    """Wie viel Moos auf jedem Stein ist: keins."""


print(lay(7))
print(places(12, 7))
