# mistake: inputs-ask-nothing
import torch


def howl(x, w, rounds):
    """What `x`, `(n, k)`, becomes when it is sung, and then echoed so many times."""
    voice = torch.tanh(x @ w)
    for _ in range(rounds):
        voice = voice.clone()
        voice += torch.sigmoid(voice)
    return voice


def gait(x):
    """How wolves at the places `x`, `(n, k)`, run about their middle: `(n,)`."""
    away = x - x.mean(dim=0)
    far = (away**2).sum(dim=1)
    wide = torch.log(1 + far)
    stride = torch.where(far > 0, torch.sqrt(far + 1e-8), torch.zeros_like(far))
    turn = torch.exp(-far) / (1 + wide)
    return stride * wide + turn


def trail(f, *inputs):
    """The name of the step on the way back from `f(*inputs).sum()` that makes a NaN, as in
    "SqrtBackward0"; `None` if there is no such step. The inputs stay as they are."""
    with torch.autograd.set_detect_anomaly(True):
        try:
            f(*inputs).sum().backward()
        except RuntimeError as e:
            if "nan" in str(e):
                return str(e).split("'")[1]
    for x in inputs:
        x.grad = None
    return None


middle = torch.tensor([[1.0, 1.0], [3.0, 2.0], [2.0, 1.5]], requires_grad=True)
gait(middle).sum().backward()
print(middle.grad)

song, tune = torch.ones(2, 3, requires_grad=True), torch.ones(3, 3)
howl(song, tune, 3).sum().backward()
print(song.grad)
