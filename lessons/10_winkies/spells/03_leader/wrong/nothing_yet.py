# mistake: nothing-yet
import re

import torch


def howl(x, w, rounds):
    """What `x`, `(n, k)`, becomes when it is sung, and then echoed so many times."""
    voice = torch.tanh(x @ w)
    for _ in range(rounds):
        voice = voice + torch.sigmoid(voice)
    return voice


def gait(x):
    """How wolves at the places `x`, `(n, k)`, run about their middle: `(n,)`."""
    away = x - x.mean(dim=0)
    far = (away**2).sum(dim=1)
    wide = torch.log(1 + far)
    # The choice comes before the root: `where` alone multiplies the slope at 0, infinity, by nought.
    moving = far > 0
    root = torch.sqrt(torch.where(moving, far, torch.ones_like(far)))
    stride = torch.where(moving, root, torch.zeros_like(far))
    turn = torch.exp(-far) / (1 + wide)
    return stride * wide + turn


def trail(f, *inputs):
    """The name of the step on the way back from `f(*inputs).sum()` that makes a NaN, as in
    "SqrtBackward0"; `None` if there is no such step. The inputs stay as they are."""
    return None


middle = torch.tensor([[1.0, 1.0], [3.0, 2.0], [2.0, 1.5]], requires_grad=True)
gait(middle).sum().backward()
print(middle.grad)

song, tune = torch.ones(2, 3, requires_grad=True), torch.ones(3, 3)
howl(song, tune, 3).sum().backward()
print(song.grad)
