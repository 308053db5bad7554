# mistake: row-squeezed
import torch

def odds(logits, temperature):
    if temperature == 0:
        return torch.nn.functional.one_hot(logits.argmax(-1), logits.shape[-1]).float()
    return torch.softmax(logits / temperature, dim=-1)

def pick(logits, temperature):
    return torch.multinomial(odds(logits, temperature), 1).squeeze()

@torch.no_grad()
def speak(model, start, count, temperature):
    out = list(start)
    logits, state = model(torch.tensor([start]), None)
    for _ in range(count):
        nxt = pick(logits[:, -1], temperature)
        out.append(nxt.item())
        logits, state = model(nxt.view(1, 1), state)
    return out
