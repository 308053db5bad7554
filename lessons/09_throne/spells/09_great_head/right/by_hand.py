import math
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

story = Path("story.txt").read_text(encoding="utf-8")
chars = "".join(sorted(set(story)))
where = torch.zeros(0x110000, dtype=torch.int64)
where[[ord(c) for c in chars]] = torch.arange(len(chars))
codes = where[[ord(c) for c in story]]
cut = len(codes) * 9 // 10
read, held = codes[:cut], codes[cut:]


class Head(nn.Module):
    def __init__(self, letters):
        super().__init__()
        self.emb = nn.Embedding(letters, 40)
        self.gru = nn.GRU(40, 100, batch_first=True)
        self.out = nn.Linear(100, letters)

    def forward(self, x, state=None):
        y, state = self.gru(self.emb(x), state)
        return self.out(y), state


head = Head(len(chars))
# Adam, written out: the mean of the gradients over the root of the mean of their squares.
leaves = list(head.parameters())
means = [torch.zeros_like(p) for p in leaves]
squares = [torch.zeros_like(p) for p in leaves]


def step(t, lr=0.01):
    with torch.no_grad():
        for p, m, s in zip(leaves, means, squares):
            m.mul_(0.9).add_(p.grad, alpha=0.1)
            s.mul_(0.99).addcmul_(p.grad, p.grad, value=0.01)
            p -= lr * (m / (1 - 0.9**t)) / ((s / (1 - 0.99**t)).sqrt() + 1e-8)
            p.grad = None


def speak(letters=130):
    said, state, x = [], None, torch.tensor([[0]])
    with torch.no_grad():
        for _ in range(letters):
            logits, state = head(x, state)
            odds = (logits[0, -1] / 0.7).exp()
            x = torch.searchsorted((odds / odds.sum()).cumsum(0), torch.rand(1))
            x = x.clamp(max=len(chars) - 1)[None]
            said.append(chars[x.item()])
    return "".join(said)


samples = []
rows = read[: len(read) // 40 * 40].view(40, -1)
state = None
for t in range(1, 101):
    if t % 25 == 1:
        samples.append(speak())
        print(samples[-1])
    at = (t - 1) * 48 % (rows.shape[1] - 49)
    logits, state = head(rows[:, at : at + 48], state)
    state = state.detach()
    F.cross_entropy(logits.permute(0, 2, 1), rows[:, at + 1 : at + 49]).backward()
    step(t)
samples.append(speak())

with torch.no_grad():
    logits, _ = head(held[:-1].unsqueeze(0))
bpc = float(F.nll_loss(logits.squeeze(0).log_softmax(-1), held[1:])) / math.log(2)
torch.save(dict(chars=chars, state=head.state_dict()), "head.pt")
