# mistake: half-let-go
import torch
import torch.nn.functional as F
from torch import nn


def let_go(state):
    """The same state, with nothing hanging on it. A GRU's is a tensor, an LSTM's is a pair of them."""
    if isinstance(state, tuple):
        return state[0].detach(), state[1]
    return state.detach()


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
        # The value goes on to the next piece; what it was made of stays in this one.
        state = let_go(state)
    return losses, state
