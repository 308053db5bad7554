# mistake: chances-divided
import torch
import torch.nn.functional as F


def odds(logits, temperature):
    """The chances (…, letters) of logits (…, letters) at a temperature; at 0 all on the largest."""
    if temperature == 0:
        return F.one_hot(logits.argmax(dim=-1), logits.shape[-1]).to(logits.dtype)
    return torch.softmax(logits, dim=-1) / temperature


def pick(logits, temperature):
    """For each row of logits (rows, letters) one letter, thrown for: (rows,) of int64."""
    return torch.multinomial(odds(logits, temperature), 1)[:, 0]


@torch.no_grad()
def speak(model, start, count, temperature):
    """`start` (a list of numbers) and `count` more, each thrown for after hearing all before it.

    `model(x, state)`: numbers (1, time) and a state, or None; gives logits (1, time, letters) and the state.
    """
    said, heard, state = list(start), torch.tensor([start]), None
    for _ in range(count):
        logits, state = model(heard, state)
        letter = pick(logits[:, -1], temperature)
        said.append(letter.item())
        heard = letter[None]
    return said
