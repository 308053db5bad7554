import math

import torch
import torch.nn.functional as F
from torch import nn

with open("story.txt", encoding="utf-8") as book:
    story = book.read()
chars = "".join(dict.fromkeys(story))
codes = torch.tensor([chars.index(c) for c in story])
read, held = codes[: int(0.9 * len(codes))], codes[int(0.9 * len(codes)) :]


class Reader(nn.Module):
    """Pieces from anywhere in the story, each from an empty state: no state is carried at all."""

    def __init__(self, n):
        super().__init__()
        self.emb, self.gru, self.out = nn.Embedding(n, 48), nn.GRU(48, 112), nn.Linear(112, n)

    def forward(self, x, state=None):
        said, state = self.gru(self.emb(x.T), state)
        return self.out(said).transpose(0, 1), state


def speak(reader, first="T", letters=120):
    said, state = first, None
    with torch.inference_mode():
        while len(said) < letters:
            logits, state = reader(torch.tensor([[chars.index(said[-1])]]), state)
            chances = torch.distributions.Categorical(logits=logits[0, -1] / 0.8)
            said += chars[chances.sample().item()]
    return said


reader = Reader(len(chars))
optimizer = torch.optim.AdamW(reader.parameters(), lr=0.01)
samples = [speak(reader)]
for step in range(1, 106):
    begin = torch.randint(len(read) - 49, (40,))
    pieces = read[begin[:, None] + torch.arange(49)]
    logits, _ = reader(pieces[:, :-1])
    loss = F.cross_entropy(logits.flatten(0, 1), pieces[:, 1:].flatten())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step % 35 == 0:
        samples.append(speak(reader))
        print(samples[-1])

with torch.no_grad():
    chances = torch.log_softmax(reader(held[None, :-1])[0][0], dim=1)
bpc = -chances[torch.arange(len(held) - 1), held[1:]].mean() / math.log(2)
torch.save({"state": reader.state_dict(), "chars": chars}, "head.pt")
