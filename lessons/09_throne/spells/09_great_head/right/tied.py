import math
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

STEPS, ROWS, LENGTH = 300, 32, 64

story = Path("story.txt").read_text(encoding="utf-8")
chars = "".join(sorted(set(story)))
numbers = {c: i for i, c in enumerate(chars)}
codes = torch.tensor([numbers[c] for c in story])
cut = len(codes) * 9 // 10
read, held = codes[:cut], codes[cut:]  # what he is read, and what he is tried on


class Head(nn.Module):
    def __init__(self, letters, size=128):
        super().__init__()
        self.emb = nn.Embedding(letters, size)
        self.gru = nn.GRU(size, size, batch_first=True)
        self.out = nn.Linear(size, letters)
        self.out.weight = self.emb.weight  # what a letter sounds like, and how it is said

    def forward(self, x, state=None):
        said, state = self.gru(self.emb(x), state)
        return self.out(said), state


@torch.no_grad()
def speak(head, letters=160, temperature=0.7):
    """Letter by letter: what he says is what he hears next."""
    code, state, said = torch.tensor([[numbers["\n"]]]), None, []
    for _ in range(letters):
        logits, state = head(code, state)
        code = torch.multinomial(torch.softmax(logits[:, -1] / temperature, dim=1), 1)
        said.append(chars[code.item()])
    return "".join(said)


@torch.no_grad()
def bits(head, codes):
    """Bits per character, read in one go from an empty state."""
    logits, _ = head(codes[None, :-1])
    return F.cross_entropy(logits[0], codes[1:]).item() / math.log(2)


# The text as many long rows, side by side: piece after piece, every row goes on where it stopped.
rows = read[: len(read) // ROWS * ROWS].view(ROWS, -1)
head = Head(len(chars))
optimizer = torch.optim.Adam(head.parameters(), lr=8e-3)
samples, state, at = [], None, 0
for step in range(STEPS + 1):
    if step in (0, 30, 60, 120, 200, STEPS):
        samples.append(speak(head))
        print(f"after {step:3} steps:", " ".join(samples[-1].split()))
    if at + LENGTH >= rows.shape[1]:
        at, state = 0, None
    x, y = rows[:, at : at + LENGTH], rows[:, at + 1 : at + LENGTH + 1]
    logits, state = head(x, state)
    loss = F.cross_entropy(logits.transpose(1, 2), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    state, at = state.detach(), at + LENGTH

bpc = bits(head, held)
print(f"{bpc:.2f} bits per character")
torch.save({"chars": chars, "state": head.state_dict()}, "head.pt")
