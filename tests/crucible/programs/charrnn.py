"""A character model with a GRU, sampled in the end."""

import torch
from torch import nn

torch.manual_seed(0)
text = "the road to the city is paved with yellow brick. " * 8
letters = sorted(set(text))
codes = torch.tensor([letters.index(c) for c in text])


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(len(letters), 24)
        self.gru = nn.GRU(24, 48, batch_first=True)
        self.head = nn.Linear(48, len(letters))

    def forward(self, x, state=None):
        out, state = self.gru(self.embed(x), state)
        return self.head(out), state


model = Model()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
for _ in range(80):
    starts = torch.randint(0, len(codes) - 33, (16,))
    batch = torch.stack([codes[s : s + 33] for s in starts])
    logits, _ = model(batch[:, :-1])
    loss = nn.functional.cross_entropy(logits.reshape(-1, len(letters)), batch[:, 1:].reshape(-1))
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
assert loss.item() < 0.6, loss.item()
state, letter, said = None, codes[:1].view(1, 1), []
with torch.no_grad():
    for _ in range(30):
        logits, state = model(letter, state)
        letter = torch.multinomial(logits[0, -1].softmax(0), 1).view(1, 1)
        said.append(letters[letter.item()])
print("".join(said))
print("done")
