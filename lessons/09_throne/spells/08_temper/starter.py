import torch


def odds(logits, temperature):
    """The chances (…, letters) of logits (…, letters) at a temperature; at 0 all on the largest."""
    return torch.softmax(logits, dim=0)


def pick(logits, temperature):
    """For each row of logits (rows, letters) one letter, thrown for: (rows,) of int64."""
    return logits.argmax(dim=1)


def speak(model, start, count, temperature):
    """`start` (a list of numbers) and `count` more, each thrown for after hearing all before it.

    `model(x, state)`: numbers (1, time) and a state, or None; gives logits (1, time, letters) and the state.
    """
    return start


logits = torch.tensor([[3.0, 2.0, 0.0, -1.0]])
for temperature in (0.0, 0.2, 1.0, 1.5):
    print(temperature, [round(p, 3) for p in odds(logits, temperature)[0].tolist()])
