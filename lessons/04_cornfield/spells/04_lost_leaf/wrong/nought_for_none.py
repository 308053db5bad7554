# mistake: nought-for-none
import torch


def nudge(w, lr):
    """Move w by lr against its gradient, and clear the gradient."""
    # In place, so that w stays the leaf that gradients come back to; unrecorded, so that it stays a leaf.
    with torch.no_grad():
        w -= lr * w.grad
    w.grad = 0


def nudge_all(weights, lr):
    """The same for each in a list. Some may have no gradient."""
    for w in weights:
        if w.grad is not None:
            nudge(w, lr)


def stamp(w, i, value):
    """Write value over w[i]."""
    with torch.no_grad():
        w[i] = value


def fresh(w):
    """A new leaf with the same numbers: recorded, and in memory of its own."""
    return w.detach().clone().requires_grad_()


rattle = torch.tensor([4.0, -2.0], requires_grad=True)
for evening in range(3):
    loss = (rattle * rattle).sum()
    loss.backward()
    nudge(rattle, 0.1)
    print(f"evening {evening}: loss {loss.item():.2f}, a leaf: {rattle.is_leaf}")
