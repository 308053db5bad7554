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


def watch(witch, optimizer, batches):
    """Trains her, a step for each of the batches, as ever; of each step the loss and the norm of the gradient of
    every parameter, `(loss, {name: norm})`, as numbers, noted between the way back and the step. The last is that of
    the first loss that is no longer a finite number: there it stops."""
    records = []
    for x, y in batches:
        loss = missed(witch, x, y)
        optimizer.zero_grad()
        loss.backward()
        norms = {name: p.grad.norm().item() for name, p in witch.named_parameters()}
        records.append((loss.item(), norms))
        if not loss.isfinite():
            break
        optimizer.step()
    return records


def stretch(weight, times):
    """How many times longer a vector can become, at most, when it is multiplied by `weight` so many times over."""
    product = torch.linalg.matrix_power(weight, times)
    # The 2-norm of a matrix is its largest singular value: the most that it stretches anything.
    return torch.linalg.matrix_norm(product, 2).item()


step = 2  # the first step, counted from 0, at which her loss is no number any more
parameter = "rnn.weight_hh_l0"  # whose gradient was by far the longest at step 0, when all was still in order

torch.manual_seed(7)
witch = Witch()
batches = [batch() for _ in range(6)]
optimizer = torch.optim.SGD(witch.parameters(), lr=0.1, momentum=0.9)
print("before the first step she stretches by", stretch(witch.rnn.weight_hh_l0.detach(), 60))
records = watch(witch, optimizer, batches[:1])
print("and after it by", stretch(witch.rnn.weight_hh_l0.detach(), 60))
records += watch(witch, optimizer, batches[1:])
for loss, norms in records:
    print(f"loss {loss:.2g} -", ", ".join(f"{name} {size:.2g}" for name, size in norms.items()))
