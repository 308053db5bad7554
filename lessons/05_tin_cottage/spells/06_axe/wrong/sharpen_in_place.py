# mistake: cut-in-place
import torch


def swing(x, limit):
    """exp(x), cut off at `limit`. What was cut off answers nothing any more."""
    return torch.exp(x).clamp(max=limit)


def grip(x, w):
    """tanh(x) * w; where that is negative, nought."""
    return (torch.tanh(x) * w).relu()


def sharpen(x, strokes):
    """Half of x and a quarter of its square taken off, as many times as there are strokes."""
    edge = x * 1.0
    for _ in range(strokes):
        # A new tensor each time: the old one was saved by the square and is needed as it was.
        square = edge**2
        edge *= 0.5
        edge = edge - square / 4
    return edge


x = torch.tensor([0.0, 1.0, 2.0], requires_grad=True)
swing(x, 3.0).sum().backward()
print("swing answers", x.grad, "- and e to the x is", torch.exp(x.detach()))
