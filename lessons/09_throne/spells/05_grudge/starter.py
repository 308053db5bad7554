import torch
import torch.nn.functional as F
from torch import nn


def let_go(state):
    """The same state, with nothing hanging on it. A GRU's is a tensor, an LSTM's is a pair of them."""
    return state


def rehearse(model, optimizer, letters, length):
    """Once through `letters` (rows, letters), `length` at a time: a step for each piece.

    `model(x, state)` gives logits and the state after. Gives the losses and the last state.
    """
    losses, state = [], None
    last = letters.shape[1] - 1
    for start in range(0, last, length):
        stop = min(start + length, last)
        x, y = letters[:, start:stop], letters[:, start + 1 : stop + 1]
        logits, state = model(x, state)
        loss = F.cross_entropy(logits.transpose(1, 2), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses, state


def tried():
    """A Chamberlain with a slate of eight lines, and forty-two letters in pieces of five."""
    emb, gru, out = nn.Embedding(10, 8), nn.GRU(8, 8, batch_first=True), nn.Linear(8, 10)

    def chamberlain(x, state=None):
        said, state = gru(emb(x), state)
        return out(said), state

    weights = [*emb.parameters(), *gru.parameters(), *out.parameters()]
    optimizer = torch.optim.SGD(weights, lr=0.1)
    letters = (torch.arange(42) % 10).view(2, 21)
    losses, _ = rehearse(chamberlain, optimizer, letters, length=5)
    return [round(loss, 2) for loss in losses]


print(tried())
