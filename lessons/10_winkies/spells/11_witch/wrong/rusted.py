# mistake: rusted
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

text = Path("mutterings.txt").read_text()
letters = sorted(set(text))  # thirty-two
numbers = torch.tensor([letters.index(letter) for letter in text])


class Witch(nn.Module):
    """Hears letters, `(n, t)`, and says of each which will be next: logits, `(n, t, 32)`."""

    def __init__(self):
        super().__init__()
        self.ear = nn.Embedding(32, 32)
        self.rnn = nn.RNN(32, 64, nonlinearity="relu", batch_first=True)
        self.mouth = nn.Linear(64, 32)
        with torch.no_grad():
            self.ear.weight.mul_(0.5)
            self.rnn.weight_hh_l0[:] = torch.eye(64)

    def forward(self, x):
        said, _ = self.rnn(self.ear(x))
        return self.mouth(said)


def batch():
    """Thirty-two pieces of what she mutters, sixty letters each, and the letter after every one."""
    starts = torch.randint(len(numbers) - 61, (32,))
    rows = numbers[starts[:, None] + torch.arange(61)]
    return rows[:, :-1], rows[:, 1:]


def missed(witch, x, y):
    """How far she is out, in nats a letter."""
    return F.cross_entropy(witch(x).flatten(0, 1), y.flatten())


def melt(witch, optimizer, batches):
    """Trains her, a step for each of the batches; the losses, and the norms of the whole gradient as it was
    before any water: two lists of numbers."""
    losses = []
    norms = []
    for x, y in batches:
        loss = missed(witch, x, y)
        loss.backward()
        # Between the way back and the step: all of the gradient, with one bound on the whole of it.
        norm = nn.utils.clip_grad_norm_(witch.parameters(), 1.0)
        optimizer.step()
        losses.append(loss.item())
        norms.append(norm.item())
    return losses, norms


cause = (
    "rnn.weight_hh_l0",
    2,
)  # which parameter has the longest gradient at step 0; the step at which, dry, her loss is nan

torch.manual_seed(11)
witch = Witch()
batches = [batch() for _ in range(200)]
optimizer = torch.optim.SGD(witch.parameters(), lr=0.1, momentum=0.9)
losses, norms = melt(witch, optimizer, batches)
print(f"from {losses[0]:.2f} to {losses[-1]:.2f}")
