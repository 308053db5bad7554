import math
from pathlib import Path

import torch
from torch import nn

story = Path("story.txt").read_text("utf-8")
chars = "".join(sorted(set(story), reverse=True))
place = {c: i for i, c in enumerate(chars)}
codes = torch.as_tensor([place[c] for c in story])
read, held = codes.split([len(codes) * 9 // 10, len(codes) - len(codes) * 9 // 10])

# No class of its own: three parts with names, and a function that goes through them.
parts = nn.ModuleDict(
    {
        "emb": nn.Embedding(len(chars), 64),
        "gru": nn.GRU(64, 96, batch_first=True),
        "out": nn.Linear(96, len(chars)),
    }
)


def head(x, state):
    said, state = parts["gru"](parts["emb"](x), state)
    return parts["out"](said), state


def speak(temperature):
    with torch.no_grad():
        said, x, state = "", codes[None, :1], None
        for _ in range(110):
            logits, state = head(x, state)
            x = (logits[:, -1] / temperature).softmax(dim=1).multinomial(1)
            said += chars[int(x)]
    return said


price = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(parts.parameters(), lr=0.01)
rows = read[: len(read) // 24 * 24].reshape(24, -1)
pieces = list(zip(rows[:, :-1].split(56, dim=1), rows[:, 1:].split(56, dim=1)))
samples, state = [speak(1.0)], None
for step in range(110):
    x, y = pieces[step % len(pieces)]
    logits, state = head(x, None if state is None or step % len(pieces) == 0 else state.detach())
    optimizer.zero_grad()
    price(logits.mT, y).backward()
    optimizer.step()
    if step % 40 == 39:
        samples.append(speak(0.6))
        print(step, samples[-1])
samples.append(speak(0.6))

with torch.no_grad():
    state, paid = None, 0.0
    for x, y in zip(held[:-1].split(3000), held[1:].split(3000)):
        logits, state = head(x[None], state)
        paid += price(logits[0], y).item() * len(y)
bpc = paid / (len(held) - 1) / math.log(2)
torch.save({"chars": chars, "state": parts.state_dict()}, "head.pt")
